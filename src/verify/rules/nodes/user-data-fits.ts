import { gzip } from 'pako';
import { report } from '../../../diagnostics/report.ts';
import { places } from '../../../platform/nodes/places.ts';
import { isProvider, providers } from '../../../platform/nodes/providers.ts';
import { userDataCosts } from '../../read/user-data-costs.ts';
import type { Rule } from '../rule.ts';

/** The share of a published limit above which one is warned. */
const nearLimit = 0.75;

/** Each node's user-data is within what its provider takes. Over a limit that is only assumed, it warns. */
export const userDataFits: Rule = {
  name: 'user-data-fits',
  harm: 'reachability',
  loss: 'The provider would refuse or cut the user-data, so the node would come up empty.',
  check: ({ lock, nodes, texts }) =>
    nodes.flatMap((node) => {
      const entry = lock.nodes.find(({ name }) => name === node.name);
      if (entry === undefined) return [report('verify/node-not-locked', [], { name: node.name })];
      const { bytes: limit, published } = entry.userDataLimit;
      const takesGzip = isProvider(entry.provider) && providers[entry.provider].compression === 'gzip';
      const gzipped =
        takesGzip && node.size > limit ? gzip(texts.get(node.path) ?? '', { level: 9 }).length : undefined;
      const code = verdict(node.size, gzipped, limit, published);
      if (code === undefined) return [];
      const costs = userDataCosts(node);
      const params = {
        size: node.size,
        limit,
        provider: entry.provider,
        parts: costs.map(({ part, bytes }) => `${part} ${bytes}`).join(', '),
        manifests:
          lock.delivery.mode === 'embedded'
            ? costs.find(({ part }) => part === places.manifests)?.bytes
            : undefined,
        takesGzip,
        gzipped,
      };
      return [report(code, ['nodes', node.name, 'provider'], params, { artifact: { path: node.path } })];
    }),
};

function verdict(size: number, gzipped: number | undefined, limit: number, published: boolean) {
  if (published && gzipped !== undefined && gzipped <= limit) return 'verify/user-data-needs-gzip';
  if (size > limit) return published ? 'verify/user-data-too-large' : 'verify/user-data-may-not-fit';
  return published && size > limit * nearLimit ? 'verify/user-data-near-limit' : undefined;
}
