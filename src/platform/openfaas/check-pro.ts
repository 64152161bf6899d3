import type { PlatformConfig } from '../../config/platform-config.ts';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { report } from '../../diagnostics/report.ts';
import { sortedEntries } from '../sorted-entries.ts';
import type { OpenFaas } from './openfaas.ts';

/** What a licence of OpenFaaS Standard is for. Source: the comparison of editions in OpenFaaS' documentation. */
const standardFunctions = 500;

/** Keys of a function that its Deployment says, and that there is no word for in a `Function`. */
const deploymentKeys = ['direct', 'disk', 'gracePeriod', 'priority', 'runAsUser', 'spread'] as const;

/** What OpenFaaS Pro does not go together with: what is of the community edition, and what a `Function` cannot say. */
export function checkPro(
  { openfaas: written = {}, functions }: PlatformConfig,
  { install }: OpenFaas,
): Diagnostic[] {
  return [
    ...(install === 'native' ? [report('resolve/pro-needs-helm', ['openfaas', 'install'], undefined)] : []),
    ...(written.licence === undefined
      ? []
      : [report('resolve/licence-of-other-edition', ['openfaas', 'licence'], undefined)]),
    ...(written.startCheck === undefined
      ? []
      : [report('resolve/start-check-of-other-edition', ['openfaas', 'startCheck'], undefined)]),
    ...Object.keys(written.images ?? {})
      .sort()
      .filter((part) => part !== 'curl')
      .map((part) => report('resolve/pro-image', ['openfaas', 'images', part], { part }, { at: 'key' })),
    ...(Object.keys(functions).length <= standardFunctions
      ? []
      : [
          report(
            'resolve/pro-too-many-functions',
            ['functions'],
            { count: Object.keys(functions).length, limit: standardFunctions },
            { at: 'key' },
          ),
        ]),
    ...sortedEntries(functions).flatMap(([name, fn]) => [
      ...deploymentKeys
        .filter((key) => fn[key] !== undefined)
        .map((key) => report('resolve/pro-without', ['functions', name, key], { key }, { at: 'key' })),
      ...(fn.replicas?.factor === undefined
        ? []
        : [
            report(
              'resolve/pro-without',
              ['functions', name, 'replicas', 'factor'],
              { key: 'factor' },
              { at: 'key' },
            ),
          ]),
    ]),
  ];
}
