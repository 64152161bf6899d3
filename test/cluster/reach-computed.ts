import { places } from '../../src/platform/nodes/places.ts';
import { clusterNetwork } from '../../src/verify/exposure/cluster-network.ts';
import { type Firewall, parseFirewall } from '../../src/verify/exposure/firewall.ts';
import { type Packet, verdictOf } from '../../src/verify/exposure/packet.ts';
import { allowsEgress, allowsIngress } from '../../src/verify/kubernetes/network-policy.ts';
import { mayReach } from '../../src/verify/kubernetes/network-reach.ts';
import type { Listener } from './listeners.ts';
import type { Running, RunningPod } from './running.ts';

/** Who tries: a pod, a node itself, or a machine that is none of the platform's. */
export interface Caller {
  readonly name: string;
  readonly address: string;
  readonly pod?: RunningPod;
  /** Its node. Undefined for a stranger. */
  readonly node?: string;
}

/** Flannel's card between nodes, and the one to the world. */
const cards = { cluster: 'flannel.1', world: 'eth0', pods: 'cni0' };

/** Whether a caller reaches a listener: the policies and each packet filter on the way, as verify reads them. */
export function computed(running: Running, caller: Caller, listener: Listener): boolean {
  const { pod, end, protocol } = listener;
  return pod === undefined
    ? leaves(running, caller, listener) && arrives(running, caller, listener)
    : passesPolicies(running, caller, pod, end.port) &&
        passesFilters(running, caller, pod, { ...end, protocol });
}

function passesPolicies(running: Running, caller: Caller, pod: RunningPod, port: number): boolean {
  const { dist } = running;
  const to = sourceOf(pod);
  if (caller.pod !== undefined) return mayReach(dist, sourceOf(caller.pod), to, port);
  if (caller.node === pod.spec.nodeName) return true;
  return allowsIngress(dist.objects, to, { address: addressAmongPods(running.podNetworks, caller), port });
}

/** With tunnels, a node's packets to other nodes' pods have its address of flannel's card. */
function addressAmongPods(networks: ReadonlyMap<string, string>, { node, address }: Caller): string {
  return networks.get(node ?? '')?.replace(/\/\d+$/, '') ?? address;
}

type End = Listener['end'] & Pick<Listener, 'protocol'>;

/** The filters of both nodes, of what a caller sends to a pod. */
function passesFilters(
  running: Running,
  caller: Caller,
  pod: RunningPod,
  { address: to, port, protocol }: End,
): boolean {
  const isHere = caller.node === pod.spec.nodeName;
  const from = caller.pod === undefined ? addressAmongPods(running.podNetworks, caller) : caller.address;
  const packet = { from, to, nextHop: to, protocol, port, state: 'new' as const };
  const way = isHere ? cards.pods : cards.cluster;
  const out: Packet =
    caller.pod === undefined
      ? { ...packet, hook: 'output', out: way }
      : { ...packet, hook: 'forward', in: cards.pods, out: way };
  const comesIn = caller.node === undefined ? cards.world : cards.cluster;
  const arrival: Packet = { ...packet, hook: 'forward', in: comesIn, out: cards.pods, wayBack: true };
  return (
    (caller.node === undefined || isAccepted(running, caller.node, out)) &&
    (isHere || isAccepted(running, pod.spec.nodeName ?? '', arrival))
  );
}

/** What a caller sends to an address that is no pod's. */
function leaves(running: Running, { pod, node, address }: Caller, { end, protocol }: Listener): boolean {
  if (node === undefined) return true;
  const packet = { from: address, to: end.address, protocol, port: end.port, state: 'new' as const };
  const isHere = running.machine(node).address === end.address;
  if (pod === undefined) {
    return isAccepted(running, node, { ...packet, hook: 'output', out: isHere ? 'lo' : cards.world });
  }
  const may =
    (isHere && isNodePort(end.port)) ||
    allowsEgress(running.dist.objects, sourceOf(pod), {
      ...end,
      protocol: protocol === 'udp' ? 'UDP' : 'TCP',
    });
  return (
    may &&
    (isHere || isAccepted(running, node, { ...packet, hook: 'forward', in: cards.pods, out: cards.world }))
  );
}

/** No policy keeps a pod from its own node's NodePorts: kube-router lets them pass before it asks. */
function isNodePort(port: number): boolean {
  return port >= 30_000 && port <= 32_767;
}

/** Whether the node there lets it in. What leaves a node for another has its address. */
function arrives(running: Running, { pod, node, address }: Caller, { end, protocol }: Listener): boolean {
  const there = running.machines.find((machine) => machine.address === end.address);
  if (there === undefined) return true;
  const isHere = there.name === node;
  const by = pod === undefined ? 'lo' : cards.pods;
  return isAccepted(running, there.name, {
    hook: 'input',
    in: isHere ? by : cards.world,
    from: isHere || node === undefined ? address : running.machine(node).address,
    to: end.address,
    protocol,
    port: end.port,
    state: 'new',
  });
}

function isAccepted({ dist }: Running, name: string, packet: Packet): boolean {
  const node = dist.nodes.find((one) => one.name === name);
  if (node === undefined) throw new Error(`no node is '${name}'`);
  const { devices } = clusterNetwork(dist, node);
  if (devices.some((device) => device.family === 4 && device.name !== cards.cluster)) {
    throw new Error('pods of several nodes are joined by another card');
  }
  return verdictOf(firewallOf(node.files.get(places.firewall)?.text ?? ''), packet) === 'accept';
}

const read = new Map<string, Firewall>();

function firewallOf(text: string): Firewall {
  const firewall = read.get(text) ?? parseFirewall(text)[0];
  if (firewall === undefined) throw new Error('the packet filter cannot be read');
  read.set(text, firewall);
  return firewall;
}

function sourceOf({ metadata: { namespace, labels } }: RunningPod) {
  return { namespace, labels };
}
