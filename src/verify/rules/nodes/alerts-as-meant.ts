import { isDeepStrictEqual } from 'node:util';
import type { AlertsIntent } from '../../../artifacts/intent.ts';
import { report } from '../../../diagnostics/report.ts';
import { places } from '../../../platform/nodes/places.ts';
import type { Dist, DistNode } from '../../dist.ts';
import { shellOf } from '../../read/apply-script.ts';
import { watchOf } from '../../read/watch-script.ts';
import type { Rule } from '../rule.ts';

/** Each node looks for problems as often as the lock file says, by those limits, and tells those targets and no other. */
export const alertsAsMeant: Rule = {
  name: 'alerts-as-meant',
  harm: 'reachability',
  loss: 'Nobody would know of a problem, or a stranger would.',
  check: (dist) =>
    dist.nodes.flatMap((node) =>
      statements(dist, node)
        .filter(([, meant, found]) => !isDeepStrictEqual(meant, found))
        .map(([what, meant, found]) =>
          report(
            'verify/alerts-not-as-meant',
            [],
            { node: node.name, what, meant: shown(meant), found: shown(found) },
            { artifact: { path: node.path } },
          ),
        ),
    ),
};

type Statement = readonly [what: string, meant: unknown, found: unknown];

const files = [places.watchScript, places.watchService, places.watchTimer];

const titles: Readonly<Record<keyof AlertsIntent, string>> = {
  to: 'the targets',
  deadMansSwitch: "the dead man's switch",
  every: 'the seconds between two looks',
  limits: 'the limits',
};

function statements({ lock }: Dist, node: DistNode): Statement[] {
  const meant = lock.intent.alerts;
  const shell = shellOf(node.files.get(places.applyScript)?.text ?? '');
  const parts: Statement[] = [
    ['the files', meant ? files : [], files.filter((path) => node.files.has(path))],
    ['the timer', meant !== undefined, /^systemctl enable --quiet fjord-watch\.timer$/m.test(shell)],
  ];
  const found = watchOf(node);
  if (meant === undefined || found === undefined) return parts;
  const keys = Object.keys(titles) as (keyof AlertsIntent)[];
  return [...parts, ...keys.map((key): Statement => [titles[key], meant[key], found[key]])];
}

function shown(value: unknown): string {
  return value === undefined || value === null ? 'nothing' : JSON.stringify(value);
}
