import { isDeepStrictEqual } from 'node:util';
import type { Dist } from '../verify/dist.ts';
import { readDist } from '../verify/read/dist.ts';
import { clusterSteps } from './cluster-steps.ts';
import { nodeSteps } from './node-steps.ts';
import { objectSteps } from './object-steps.ts';
import type { RolloutStep } from './step.ts';

/** The steps from one `dist/` to another. `unknown` if the earlier one cannot be read. */
export type Rollout = readonly RolloutStep[] | 'unknown';

/**
 * Finds how the change from one `dist/` to another reaches running machines: which nodes get it with apply.sh, and what
 * needs a new node, a new cluster or work by hand.
 *
 * @param before the texts of the earlier `dist/` by path, which may include other files; empty if there was none
 * @param after the compiled and verified artifacts
 */
export function rolloutBetween(
  before: ReadonlyMap<string, string>,
  after: ReadonlyMap<string, string>,
): Rollout {
  const earlier = new Map([...before].filter(([path]) => listed(before).has(path)));
  if (earlier.size === 0 || isDeepStrictEqual(earlier, new Map([...after].sort()))) return [];
  const [old] = readDist(earlier);
  const [now] = readDist(after);
  return old === undefined || now === undefined ? 'unknown' : stepsBetween(old, now);
}

function stepsBetween(before: Dist, after: Dist): RolloutStep[] {
  const cluster = clusterSteps(before, after).filter(({ what }) => what.length > 0);
  // Nodes of the old cluster cannot get anything from the new one.
  const anew = cluster.some(({ way }) => way === 'new-cluster');
  const rest = [...objectSteps(before, after), ...nodeSteps(before, after)].filter(
    ({ what }) => what.length > 0,
  );
  return [...cluster, ...(anew ? [] : rest)];
}

/** The lock file and the files that it lists. All others are not ours. */
function listed(texts: ReadonlyMap<string, string>): ReadonlySet<string> {
  const own = 'platform.lock.json';
  try {
    const { artifacts }: { artifacts: { path: string }[] } = JSON.parse(texts.get(own) ?? '');
    return new Set([own, ...artifacts.map(({ path }) => path)]);
  } catch {
    return new Set([own]);
  }
}
