import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { report } from '../../diagnostics/report.ts';
import { checkedNetwork, networksMeet } from '../../units/network.ts';
import type { K3s } from './k3s.ts';

/** Reports search domains without servers, and servers at addresses that lead a pod back to itself, or into the cluster, whose DNS asks them. */
export function diagnoseResolvers({
  resolvers = [],
  searchDomains,
  clusterCidr,
  serviceCidr,
}: K3s): Diagnostic[] {
  const inside: readonly (readonly [range: string, whose: string])[] = [
    ['127.0.0.0/8', 'the pod itself'],
    ['0.0.0.0/8', 'the pod itself'],
    [clusterCidr, 'another pod (k3s.clusterCidr)'],
    [serviceCidr, 'a Service (k3s.serviceCidr)'],
  ];
  const unused =
    searchDomains.length > 0 && resolvers.length === 0
      ? [report('resolve/search-without-resolvers', ['k3s', 'searchDomains'], undefined)]
      : [];
  const problems = [...resolvers.entries()].flatMap(([index, resolver]) => {
    const found = inside.find(([range]) => networksMeet(checkedNetwork(range), checkedNetwork(resolver)));
    if (found === undefined) return [];
    return [report('resolve/resolver-inside', ['k3s', 'resolvers', index], { resolver, whose: found[1] })];
  });
  return [...unused, ...problems];
}
