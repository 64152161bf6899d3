import { report } from '../../../diagnostics/report.ts';
import { chartValue, openfaasRelease } from '../../kubernetes/chart-release.ts';
import type { Rule } from '../rule.ts';

/** Values that the chart's defaults would have otherwise, each with what goes wrong then. */
const safe: readonly (readonly [value: string, must: unknown])[] = [
  ['exposeServices', false],
  ['generateBasicAuth', false],
  ['basic_auth', true],
];

/** OpenFaaS' chart is the one that the lock file names, at that version, and opens nothing. */
export const chartSafe: Rule = {
  name: 'chart-safe',
  harm: 'exposure',
  loss: "OpenFaaS' chart would open a port, or install another version than the one that was judged.",
  check: (dist) => {
    const { lock } = dist;
    const release = openfaasRelease(dist);
    const locked = lock.openfaas.chart;
    const found = release && `${release.repository} openfaas ${release.version}`;
    const listed = locked && `${locked.repository} ${locked.name} ${locked.version}`;
    return [
      ...(found === listed
        ? []
        : [report('verify/chart-not-locked', [], { found: found ?? 'no chart', listed: listed ?? 'none' })]),
      ...safe.flatMap(([value, must]) => {
        if (release === undefined || chartValue(release, value) === must) return [];
        return [
          report(
            'verify/chart-unsafe',
            [],
            { value, must: String(must) },
            { artifact: { path: release.path } },
          ),
        ];
      }),
    ];
  },
};
