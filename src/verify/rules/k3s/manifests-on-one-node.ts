import { report } from '../../../diagnostics/report.ts';
import { places } from '../../../platform/nodes/places.ts';
import type { Rule } from '../rule.ts';

/** The manifests are on the first server and on no other node: K3s does not share its folder of them. */
export const manifestsOnOneNode: Rule = {
  name: 'manifests-on-one-node',
  harm: 'ownership',
  loss: 'Two nodes would install the platform over each other.',
  check: ({ nodes }) => {
    const holders = nodes.filter(({ files }) => files.has(places.manifests));
    const first = nodes.filter(({ role, k3sConfig }) => role === 'server' && k3sConfig.server === undefined);
    const right = holders.length === 1 && first.length === 1 && holders[0] === first[0];
    return right
      ? []
      : [report('verify/manifests-misplaced', [], { nodes: holders.map(({ name }) => name) })];
  },
};
