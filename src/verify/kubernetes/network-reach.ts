import type { Dist, ManifestObject } from '../dist.ts';
import type { Pod } from './pod.ts';

/** What a policy knows of a pod. */
export type PodAddress = Pick<Pod, 'namespace' | 'labels'>;

type Way = 'Ingress' | 'Egress';

interface Selector {
  readonly matchLabels?: Readonly<Record<string, string>>;
}

interface Peer {
  readonly podSelector?: Selector;
  readonly namespaceSelector?: Selector;
  readonly ipBlock?: unknown;
}

interface Traffic {
  readonly from?: readonly Peer[];
  readonly to?: readonly Peer[];
  readonly ports?: readonly {
    readonly port?: number;
    readonly endPort?: number;
    readonly protocol?: string;
  }[];
}

export interface Policy {
  /** Without one, it is for every pod of its namespace. */
  readonly podSelector?: Selector;
  readonly policyTypes?: readonly string[];
  readonly ingress?: readonly Traffic[];
  readonly egress?: readonly Traffic[];
}

/**
 * Whether the network policies let one pod send to another: both the one's way out and the other's way in. Peers by
 * address count for no pod, since pods have no fixed ones.
 */
export function mayReach(
  dist: Dist,
  from: PodAddress,
  to: PodAddress,
  port: number,
  protocol: 'TCP' | 'UDP' = 'TCP',
): boolean {
  return mayLeave(dist, from, to, port, protocol) && mayEnter(dist, from, to, port, protocol);
}

/** Whether the policies of the one that sends let it. */
export function mayLeave(
  dist: Dist,
  from: PodAddress,
  to: PodAddress,
  port: number,
  protocol = 'TCP',
): boolean {
  return passes(policiesFor(dist, from, 'Egress'), 'Egress', from, to, port, protocol);
}

/** Whether the policies of the one that is sent to let it. */
export function mayEnter(
  dist: Dist,
  from: PodAddress,
  to: PodAddress,
  port: number,
  protocol = 'TCP',
): boolean {
  return passes(policiesFor(dist, to, 'Ingress'), 'Ingress', to, from, port, protocol);
}

function passes(
  policies: readonly Policy[],
  way: Way,
  pod: PodAddress,
  other: PodAddress,
  port: number,
  protocol: string,
): boolean {
  if (policies.length === 0) return true;
  return policies
    .flatMap(({ ingress = [], egress = [] }) => (way === 'Ingress' ? ingress : egress))
    .some(
      (traffic) =>
        isFor(traffic, port, protocol) && peersOf(traffic, way).some((peer) => isPeer(peer, other, pod)),
    );
}

/** The policies that say what may go one way of a pod; without any, everything may. */
export function policiesFor({ objects }: Dist, pod: PodAddress, way: Way): Policy[] {
  return objects
    .filter(({ kind, namespace }) => kind === 'NetworkPolicy' && namespace === pod.namespace)
    .map(policyOf)
    .filter((policy) => waysOf(policy).includes(way) && selects(policy.podSelector, pod.labels));
}

/** Kubernetes' own default: for what comes in always, for what goes out where a rule says something of it. */
function waysOf({ policyTypes, egress }: Policy): readonly string[] {
  return policyTypes ?? ['Ingress', ...(egress ? ['Egress'] : [])];
}

function policyOf({ body }: ManifestObject): Policy {
  return body.spec as Policy;
}

const anyone: readonly Peer[] = [{ namespaceSelector: {} }];

function peersOf({ from, to }: Traffic, type: Way): readonly Peer[] {
  const peers = type === 'Ingress' ? from : to;
  return peers === undefined || peers.length === 0 ? anyone : peers;
}

function isPeer(
  { podSelector, namespaceSelector, ipBlock }: Peer,
  pod: PodAddress,
  subject: PodAddress,
): boolean {
  if (ipBlock !== undefined) return false;
  const isThere =
    namespaceSelector === undefined
      ? pod.namespace === subject.namespace
      : selects(namespaceSelector, { 'kubernetes.io/metadata.name': pod.namespace });
  return isThere && selects(podSelector ?? {}, pod.labels);
}

function isFor({ ports }: Traffic, port: number, protocol: string): boolean {
  if (ports === undefined) return true;
  return ports.some(
    ({ port: first, endPort = first, protocol: own = 'TCP' }) =>
      own === protocol &&
      (first === undefined || endPort === undefined || (first <= port && port <= endPort)),
  );
}

function selects({ matchLabels = {} }: Selector = {}, labels: Readonly<Record<string, string>>): boolean {
  return Object.entries(matchLabels).every(([key, value]) => labels[key] === value);
}
