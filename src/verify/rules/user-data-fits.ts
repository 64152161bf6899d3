import { report } from '../../diagnostics/report.ts';
import type { DistNode } from '../dist.ts';
import type { Rule } from './index.ts';

/** The share of a published limit above which one is warned. */
const nearLimit = 0.75;

/** Each node's user-data is within what its provider takes. Over a limit that is only assumed, it warns. */
export const userDataFits: Rule = ({ lock, nodes }) =>
  nodes.flatMap((node) => {
    const entry = lock.nodes.find(({ name }) => name === node.name);
    if (entry === undefined) return [report('verify/node-not-locked', [], { name: node.name })];
    const { bytes: limit, published } = entry.userDataLimit;
    const code = verdict(node.size, limit, published);
    if (code === undefined) return [];
    const params = { size: node.size, limit, provider: entry.provider, parts: largestParts(node) };
    return [report(code, ['nodes', node.name, 'provider'], params, { artifact: { path: node.path } })];
  });

function verdict(size: number, limit: number, published: boolean) {
  if (size > limit) return published ? 'verify/user-data-too-large' : 'verify/user-data-may-not-fit';
  return published && size > limit * nearLimit ? 'verify/user-data-near-limit' : undefined;
}

/** What there is most of, in bytes before compression. */
function largestParts({ files }: DistNode): string {
  const sizes = [...files]
    .filter(([path]) => path !== '/usr/local/sbin/fjord-apply')
    .map(([path, { text }]) => ({ path, bytes: Buffer.byteLength(text) }))
    .sort((a, b) => b.bytes - a.bytes);
  return sizes
    .slice(0, 3)
    .map(({ path, bytes }) => `${path} ${bytes}`)
    .join(', ');
}
