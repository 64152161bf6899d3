import type { Dist, ManifestObject } from './dist.ts';
import type { Pod } from './pod.ts';

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
  readonly ports?: readonly { readonly port?: number; readonly endPort?: number }[];
}

interface Policy {
  /** Without one, it is for every pod of its namespace. */
  readonly podSelector?: Selector;
  readonly policyTypes?: readonly string[];
  readonly ingress?: readonly Traffic[];
  readonly egress?: readonly Traffic[];
}

/**
 * Whether the network policies let one pod open a TCP connection to another: both the one's way out and the other's
 * way in. Peers by address count for no pod, since pods have no fixed ones.
 */
export function mayReach({ objects }: Dist, from: Pod, to: Pod, port: number): boolean {
  const passes = (pod: Pod, type: 'Ingress' | 'Egress', other: Pod) => {
    const policies = objects
      .filter(({ kind, namespace }) => kind === 'NetworkPolicy' && namespace === pod.namespace)
      .map(policyOf)
      .filter((policy) => policy.policyTypes?.includes(type) && selects(policy.podSelector, pod.labels));
    if (policies.length === 0) return true;
    return policies
      .flatMap(({ ingress = [], egress = [] }) => (type === 'Ingress' ? ingress : egress))
      .some(
        (traffic) => isFor(traffic, port) && peersOf(traffic, type).some((peer) => isPeer(peer, other, pod)),
      );
  };
  return passes(from, 'Egress', to) && passes(to, 'Ingress', from);
}

function policyOf({ body }: ManifestObject): Policy {
  return body.spec as Policy;
}

const anyone: readonly Peer[] = [{ namespaceSelector: {} }];

function peersOf({ from, to }: Traffic, type: 'Ingress' | 'Egress'): readonly Peer[] {
  const peers = type === 'Ingress' ? from : to;
  return peers === undefined || peers.length === 0 ? anyone : peers;
}

function isPeer({ podSelector, namespaceSelector, ipBlock }: Peer, pod: Pod, subject: Pod): boolean {
  if (ipBlock !== undefined) return false;
  const isThere =
    namespaceSelector === undefined
      ? pod.namespace === subject.namespace
      : selects(namespaceSelector, { 'kubernetes.io/metadata.name': pod.namespace });
  return isThere && selects(podSelector ?? {}, pod.labels);
}

function isFor({ ports }: Traffic, port: number): boolean {
  if (ports === undefined) return true;
  return ports.some(
    ({ port: first, endPort = first }) =>
      first === undefined || endPort === undefined || (first <= port && port <= endPort),
  );
}

function selects({ matchLabels = {} }: Selector = {}, labels: Readonly<Record<string, string>>): boolean {
  return Object.entries(matchLabels).every(([key, value]) => labels[key] === value);
}
