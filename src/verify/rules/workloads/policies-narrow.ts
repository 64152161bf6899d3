import { report } from '../../../diagnostics/report.ts';
import { networksMeet, parseNetwork } from '../../../units/network.ts';
import type { Dist, ManifestObject } from '../../dist.ts';
import { placeOf, titleOf } from '../../kubernetes/body.ts';
import type { Rule } from '../rule.ts';

interface Block {
  readonly cidr: string;
  readonly except?: readonly string[];
}

interface Spec {
  readonly ingress?: readonly { readonly from?: readonly { readonly ipBlock?: Block }[] }[];
  readonly egress?: readonly { readonly to?: readonly { readonly ipBlock?: Block }[] }[];
}

/**
 * Addresses in a policy are those of nodes and pods where something comes in, so that nginx may call, and everything but
 * the cluster where something goes out: no policy lets in who is elsewhere, or a pod out to one address of the cluster.
 */
export const policiesNarrow: Rule = {
  name: 'policies-narrow',
  harm: 'confinement',
  loss: 'A network policy would let in strangers, or let pods out to the cluster.',
  check: (dist) =>
    dist.objects
      .filter(({ kind }) => kind === 'NetworkPolicy')
      .flatMap((policy) => {
        const at = { artifact: placeOf(policy) };
        return [
          ...blocksIn(policy, 'ingress')
            .filter((block) => !isOfTheCluster(dist, block))
            .map(({ cidr: range }) =>
              report('verify/policy-lets-in', [], { policy: titleOf(policy), range }, at),
            ),
          ...blocksIn(policy, 'egress')
            .filter((block) => !isOutside(dist, block) && !isOfCallbacks(dist, block, policy))
            .map(({ cidr: range, except = [] }) =>
              report('verify/policy-lets-out', [], { policy: titleOf(policy), range, except }, at),
            ),
        ];
      }),
};

function blocksIn({ body }: ManifestObject, way: 'ingress' | 'egress'): Block[] {
  const { ingress = [], egress = [] } = (body.spec ?? {}) as Spec;
  const peers =
    way === 'ingress' ? ingress.flatMap(({ from = [] }) => from) : egress.flatMap(({ to = [] }) => to);
  return peers.flatMap(({ ipBlock }) => ipBlock ?? []);
}

function isOfTheCluster({ lock, nodes }: Dist, { cidr }: Block): boolean {
  const addresses = lock.nodes
    .flatMap((node) => node.addresses)
    .map((one) => `${one}/${one.includes(':') ? 128 : 32}`);
  return [...addresses, ...rangesOf(nodes, 'cluster-cidr')].includes(cidr);
}

function isOutside({ nodes }: Dist, { cidr, except = [] }: Block): boolean {
  if (!['0.0.0.0/0', '::/0'].includes(cidr)) return false;
  return [...rangesOf(nodes, 'cluster-cidr'), ...rangesOf(nodes, 'service-cidr')]
    .filter((range) => range.includes(':') === cidr.includes(':'))
    .every((range) => except.includes(range));
}

/** Named networks of hosts that get results of queued calls, for the queue worker alone. */
function isOfCallbacks(
  { lock, nodes }: Dist,
  { cidr, except }: Block,
  { name, namespace }: ManifestObject,
): boolean {
  const outer = parseNetwork(cidr);
  const cluster = [...rangesOf(nodes, 'cluster-cidr'), ...rangesOf(nodes, 'service-cidr')];
  return (
    `${namespace}/${name}` === 'openfaas/queue-worker' &&
    except === undefined &&
    (lock.intent.callbackEgress?.networks ?? []).includes(cidr) &&
    outer !== undefined &&
    cluster.every((range) => {
      const inner = parseNetwork(range);
      return inner !== undefined && !networksMeet(outer, inner);
    })
  );
}

function rangesOf(nodes: Dist['nodes'], key: string): string[] {
  return nodes
    .flatMap(({ k3sConfig }) => String(k3sConfig[key] ?? '').split(','))
    .filter((range) => range !== '');
}
