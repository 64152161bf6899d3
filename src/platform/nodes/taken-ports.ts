/**
 * Ports that nginx and K3s take on a node, on all addresses or on loopback: 80 and 443; etcd; the API and the way of
 * agents to it; containerd's streams; kubelet, kube-proxy, scheduler and controller manager.
 */
export const takenRanges: readonly (readonly [first: number, last: number])[] = [
  [80, 80],
  [443, 443],
  [2379, 2382],
  [6443, 6444],
  [10_010, 10_010],
  [10_248, 10_260],
];

/** Whether a port of a node is one of nginx or Kubernetes. */
export function isTaken(port: number): boolean {
  return takenRanges.some(([first, last]) => first <= port && port <= last);
}
