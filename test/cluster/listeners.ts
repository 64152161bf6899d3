import { k3sPorts } from '../../src/platform/k3s/ports.ts';
import type { Running, RunningPod } from './running.ts';

/** Somebody who listens: a pod, a node or somebody outside of the cluster. */
export interface Listener {
  readonly name: string;
  /** As it is called: an address of its own, or a Service's. */
  readonly address: string;
  readonly port: number;
  readonly protocol: 'tcp' | 'udp';
  /** Whom it reaches: a pod, */
  readonly pod?: RunningPod;
  /** or the port of an address. */
  readonly end: { readonly address: string; readonly port: number };
}

/** Ports on which the pods of a platform listen, by the label that selects them. */
const ports: Readonly<Record<string, readonly number[]>> = {
  gateway: [8080, 8081, 8082],
  prometheus: [9090],
  alertmanager: [9093],
  nats: [4222],
};

/** The cloud's metadata, and a place on the internet. */
export const outside = { metadata: '169.254.169.254', internet: '203.0.113.80' };

/** A port that a Service of type NodePort would have. */
const nodePort = 30_080;

/** TCP ports of a node that are tried, whether or not it needs them. Where nobody listens, the test does. */
export const nodePorts: readonly (readonly [string, number])[] = [
  ['SSH', 22],
  ['nginx', 80],
  ['nginx', 443],
  ['etcd', k3sPorts.etcd],
  ['etcd', k3sPorts.etcdPeers],
  ['API server and supervisor', k3sPorts.api],
  ['kubelet', k3sPorts.kubelet],
  ['kubelet, read only', 10_255],
  ['NodePort', nodePort],
];

export function listenersOf(running: Running): Listener[] {
  return [...podsOf(running).flatMap(ofPod), ...services(running), ...ofNodes(running), ...ofOthers()];
}

/** Pods of the platform itself; of copies on one node the first. */
export function podsOf(running: Running): RunningPod[] {
  const byName = new Map(
    running
      .pods()
      .filter(({ metadata }) => /^openfaas/.test(metadata.namespace))
      .map((pod) => [nameOf(pod), pod]),
  );
  return [...byName.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, pod]) => pod);
}

/** What it is, and where. */
export function nameOf(pod: RunningPod): string {
  return `${partOf(pod)} on ${pod.spec.nodeName}`;
}

function partOf({ metadata: { labels, name } }: RunningPod): string {
  return labels.app ?? labels.faas_function ?? name;
}

function ofPod(pod: RunningPod): Listener[] {
  const address = pod.status.podIP ?? '';
  return (ports[partOf(pod)] ?? [8080]).map((port) => ({
    name: `${nameOf(pod)}: ${port}`,
    protocol: 'tcp',
    address,
    port,
    pod,
    end: { address, port },
  }));
}

/** Services that have one pod, and the Kubernetes API's, which is the first server. */
function services(running: Running): Listener[] {
  const api = { address: running.first.address, port: k3sPorts.api };
  const found = podsOf(running).filter((pod) => ['gateway', 'prometheus'].includes(partOf(pod)));
  return [
    ...found.map((pod): Listener => {
      const { spec } = running.get('service', partOf(pod), '--namespace', pod.metadata.namespace) as {
        spec: { clusterIP: string; ports: { port: number }[] };
      };
      const [port = 0] = spec.ports.map((one) => one.port);
      const end = { address: pod.status.podIP ?? '', port };
      return { name: `Service ${partOf(pod)}`, protocol: 'tcp', address: spec.clusterIP, port, pod, end };
    }),
    { name: 'Service kubernetes', protocol: 'tcp', address: '10.43.0.1', port: 443, end: api },
  ];
}

function ofNodes({ machines }: Running): Listener[] {
  return machines.flatMap(({ name, address }) => [
    ...nodePorts.map(
      ([what, port]): Listener => ({
        name: `${name}: ${what} ${port}`,
        protocol: 'tcp',
        address,
        port,
        end: { address, port },
      }),
    ),
    // Of one node, nobody is there who could send to another one's pods: it has no flannel.
    ...(machines.length === 1
      ? []
      : [
          {
            name: `${name}: flannel ${k3sPorts.vxlan}/udp`,
            protocol: 'udp' as const,
            address,
            port: k3sPorts.vxlan,
            end: { address, port: k3sPorts.vxlan },
          },
        ]),
  ]);
}

function ofOthers(): Listener[] {
  return Object.entries(outside).map(([name, address]) => ({
    name,
    protocol: 'tcp',
    address,
    port: 80,
    end: { address, port: 80 },
  }));
}
