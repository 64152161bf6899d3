import ipaddr from 'ipaddr.js';
import type { ManifestObject } from '../dist.ts';

/** A NetworkPolicy's fields. Its schema has been checked. */
interface Policy {
  readonly podSelector?: Selector;
  readonly policyTypes?: readonly string[];
  readonly ingress?: readonly TrafficRule[];
  readonly egress?: readonly TrafficRule[];
}

interface Selector {
  readonly matchLabels?: Readonly<Record<string, string>>;
  readonly matchExpressions?: readonly unknown[];
}

interface Peer {
  readonly ipBlock?: { readonly cidr: string; readonly except?: readonly string[] };
}

interface TrafficRule {
  readonly from?: readonly Peer[];
  readonly to?: readonly Peer[];
  readonly ports?: readonly {
    readonly port?: number | string;
    readonly endPort?: number;
    readonly protocol?: string;
  }[];
}

export interface Source {
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
}

/** Another end that is not a pod, and the pod's or its port. */
export interface Outside {
  readonly address: string;
  readonly port: number;
  readonly protocol?: 'TCP' | 'UDP';
}

/**
 * Whether a pod may send to an address that is no pod's, by the policies' own semantics: a pod that no
 * policy for egress selects may do all; else each rule of each that selects it adds something.
 */
export function allowsEgress(objects: readonly ManifestObject[], from: Source, to: Outside): boolean {
  // Without types, a policy is for egress if it has rules for it.
  const policies = policiesFor(objects, from).filter(({ policyTypes, egress }) =>
    (policyTypes ?? (egress ? ['Egress'] : [])).includes('Egress'),
  );
  return (
    policies.length === 0 ||
    policies.some(({ egress = [] }) => egress.some((rule) => lets(rule, rule.to, to)))
  );
}

/** The same for what comes to a pod from such an address. Its own node is always let in. */
export function allowsIngress(objects: readonly ManifestObject[], to: Source, from: Outside): boolean {
  const policies = policiesFor(objects, to).filter(({ policyTypes = ['Ingress'] }) =>
    policyTypes.includes('Ingress'),
  );
  return (
    policies.length === 0 ||
    policies.some(({ ingress = [] }) => ingress.some((rule) => lets(rule, rule.from, from)))
  );
}

function policiesFor(objects: readonly ManifestObject[], pod: Source): Policy[] {
  return objects
    .filter(({ kind, namespace }) => kind === 'NetworkPolicy' && namespace === pod.namespace)
    .map(({ body }) => (body.spec ?? {}) as Policy)
    .filter(({ podSelector }) => selects(podSelector, pod.labels));
}

/** An expression is not evaluated: what has one may select anything, which for a refusal means nothing. */
function selects(
  { matchLabels = {}, matchExpressions = [] }: Selector = {},
  labels: Source['labels'],
): boolean {
  return (
    matchExpressions.length === 0 &&
    Object.entries(matchLabels).every(([key, value]) => labels[key] === value)
  );
}

function lets(rule: TrafficRule, peers: readonly Peer[] | undefined, end: Outside): boolean {
  return include(peers, end.address) && hasPort(rule, end.port, end.protocol ?? 'TCP');
}

/** Selectors of pods and namespaces never mean an address outside. */
function include(peers: readonly Peer[] | undefined, address: string): boolean {
  if (peers === undefined || peers.length === 0) return true;
  return peers.some(
    ({ ipBlock }) =>
      ipBlock !== undefined &&
      isIn(ipBlock.cidr, address) &&
      !(ipBlock.except ?? []).some((except) => isIn(except, address)),
  );
}

/** A port by name is one of a pod that is not known here, so it is taken for any. */
function hasPort({ ports }: TrafficRule, port: number, wanted: string): boolean {
  if (ports === undefined || ports.length === 0) return true;
  return ports.some(({ port: first, endPort, protocol = 'TCP' }) => {
    if (protocol !== wanted) return false;
    if (typeof first !== 'number') return true;
    return port >= first && port <= (endPort ?? first);
  });
}

function isIn(cidr: string, address: string): boolean {
  if (!ipaddr.isValidCIDR(cidr) || !ipaddr.isValid(address)) return false;
  const range = ipaddr.parseCIDR(cidr);
  const parsed = ipaddr.parse(address);
  return parsed.kind() === range[0].kind() && parsed.match(range);
}
