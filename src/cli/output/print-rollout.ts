import type { Colors } from 'picocolors/types.js';
import { escapeUnprintable } from '../../diagnostics/escape.ts';
import type { Rollout } from '../../rollout/rollout.ts';
import type { RolloutStep } from '../../rollout/step.ts';

/** The action of each way, printed before the changes. */
const says: Readonly<Record<RolloutStep['way'], string>> = {
  apply: 'run its apply.sh:',
  make: 'is new: paste',
  replace: 'needs a new machine:',
  remove: 'was removed:',
  push: 'commit and push',
  'by-hand': 'by hand:',
  'new-cluster': 'must be created again:',
};

/** Prints the steps for running machines, for people. Returns lines, the last one empty; none if there is nothing to do. */
export function printRollout(rollout: Rollout, colors: Colors): string[] {
  if (rollout === 'unknown') {
    return ['The previous dist cannot be read, so Fjord does not know what running machines need.', ''];
  }
  if (rollout.length === 0) return [];
  const lines = rollout.map(({ node, way, what }) => ({ who: node ?? 'cluster', way, what }));
  const width = Math.max(...lines.map(({ who }) => who.length));
  return [
    'What running machines need:',
    ...lines.map(
      ({ who, way, what }) =>
        `  ${colors.bold(who.padEnd(width))}  ${urgent(way) ? colors.yellow(says[way]) : says[way]} ${what.map(escapeUnprintable).join('; ')}`,
    ),
    '',
  ];
}

function urgent(way: RolloutStep['way']): boolean {
  return way === 'replace' || way === 'new-cluster' || way === 'by-hand';
}
