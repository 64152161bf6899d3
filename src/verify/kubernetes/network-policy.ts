import ipaddr from 'ipaddr.js';
import type { ManifestObject } from '../dist.ts';

/** A NetworkPolicy's fields. Its schema has been checked. */
interface Policy {
  readonly podSelector?: Selector;
  readonly policyTypes?: readonly string[];
  readonly egress?: readonly TrafficRule[];
}

interface Selector {
  readonly matchLabels?: Readonly<Record<string, string>>;
  readonly matchExpressions?: readonly unknown[];
}

interface TrafficRule {
  readonly to?: readonly {
    readonly ipBlock?: { readonly cidr: string; readonly except?: readonly string[] };
  }[];
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

/**
 * Whether a pod may send to an address that is no pod's, by the policies' own semantics: a pod that no
 * policy for egress selects may do all; else each rule of each that selects it adds something.
 */
export function allowsEgress(
  objects: readonly ManifestObject[],
  from: Source,
  to: { readonly address: string; readonly port: number; readonly protocol?: 'TCP' | 'UDP' },
): boolean {
  const policies = objects
    .filter(({ kind, namespace }) => kind === 'NetworkPolicy' && namespace === from.namespace)
    .map(({ body }) => (body.spec ?? {}) as Policy)
    .filter(
      ({ podSelector, policyTypes, egress }) =>
        // Without types, a policy is for egress if it has rules for it.
        (policyTypes ?? (egress ? ['Egress'] : [])).includes('Egress') && selects(podSelector, from.labels),
    );
  if (policies.length === 0) return true;
  return policies.some(({ egress = [] }) =>
    egress.some((rule) => leadsTo(rule, to.address) && hasPort(rule, to.port, to.protocol ?? 'TCP')),
  );
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

/** Selectors of pods and namespaces never mean an address outside. */
function leadsTo({ to }: TrafficRule, address: string): boolean {
  if (to === undefined || to.length === 0) return true;
  return to.some(
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
