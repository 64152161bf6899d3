import type { Diagnostic } from '../../../diagnostics/diagnostic.ts';
import { report } from '../../../diagnostics/report.ts';
import { places } from '../../../platform/nodes/places.ts';
import type { DistNode } from '../../dist.ts';
import type { Rule } from '../rule.ts';

const timer = places.maintainTimer;
const week = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
const minutesOfWeek = week.length * 24 * 60;

/** A reboot takes a few minutes; the least that two nodes are apart. Minutes. */
const least = 15;

/** Each node has times at which it renews what ends, and no two nodes have the same. */
export const restartsApart: Rule = {
  name: 'restarts-apart',
  harm: 'reachability',
  loss: "K3s' certificates would end after a year, or several nodes would be away at the same time.",
  check: ({ nodes }) => {
    const timed = nodes.filter(({ files }) => files.has(timer));
    // Versions without maintenance have it on no node: `fjord synth` is what adds it.
    if (timed.length === 0) return [];
    return [
      ...nodes
        .filter((node) => timesOf(node).length === 0)
        .map(({ name, path }) => report('verify/never-renewed', [], { node: name }, { artifact: { path } })),
      ...timed.flatMap((one, index) => timed.slice(index + 1).flatMap((other) => together(one, other))),
    ];
  },
};

function together(one: DistNode, other: DistNode): Diagnostic[] {
  const close = timesOf(one).some((a) => timesOf(other).some((b) => apart(a, b) < least));
  return close
    ? [
        report(
          'verify/restart-together',
          [],
          { one: one.name, other: other.name },
          { artifact: { path: one.path } },
        ),
      ]
    : [];
}

/** Minutes from one to the other, whichever way is shorter. */
function apart(one: number, other: number): number {
  const distance = Math.abs(one - other);
  return Math.min(distance, minutesOfWeek - distance);
}

/** The minutes of the week at which a node's part of the window begins. */
function timesOf({ files }: DistNode): number[] {
  const text = files.get(timer)?.text ?? '';
  const [, days = '', hour, minute] =
    /^OnCalendar=([A-Z][A-Za-z,]+) \*-\*-\* (\d\d):(\d\d):00 UTC$/m.exec(text) ?? [];
  return days
    .split(',')
    .map((day) => week.indexOf(day))
    .filter((day) => day >= 0)
    .map((day) => (day * 24 + Number(hour)) * 60 + Number(minute));
}
