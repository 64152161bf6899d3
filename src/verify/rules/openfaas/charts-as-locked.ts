import type { Diagnostic } from '../../../diagnostics/diagnostic.ts';
import { report } from '../../../diagnostics/report.ts';
import type { Dist, ManifestObject } from '../../dist.ts';
import { placeOf, titleOf } from '../../kubernetes/body.ts';
import { checkOwnSchema } from '../../read/own-schema.ts';
import { readYaml } from '../../read/yaml.ts';
import type { Rule } from '../rule.ts';

interface ChartSpec {
  readonly repo?: string;
  readonly chart?: string;
  readonly version?: string;
  readonly valuesContent?: string;
}

/**
 * Each chart that K3s installs is one of the lock file's, at its version, and has the values that Fjord gives and no
 * others: what it makes is not seen here, and a value can open a Service, give rights or add a container.
 */
export const chartsAsLocked: Rule = {
  name: 'charts-as-locked',
  harm: 'exposure',
  loss: 'A chart could open a Service, give rights or add a container that nobody sees in dist/.',
  check: (dist) =>
    dist.objects.filter(({ kind }) => kind === 'HelmChart').flatMap((chart) => judge(dist, chart)),
};

function judge({ lock }: Dist, object: ManifestObject): Diagnostic[] {
  const { repo, chart = '', version, valuesContent = '' } = (object.body.spec ?? {}) as ChartSpec;
  const found = `${repo} ${chart} ${version}`;
  const listed = [lock.openfaas.chart, lock.delivery.chart].flatMap((one) =>
    one === undefined ? [] : [`${one.repository} ${one.name} ${one.version}`],
  );
  const { documents, problems } = readYaml(valuesContent);
  const wrong = [...problems, ...checkOwnSchema('chart-values', { [chart]: documents[0] })];
  return [
    ...(listed.includes(found)
      ? []
      : [report('verify/chart-not-locked', [], { found, listed: listed.join(', ') || 'none' })]),
    ...wrong.map(({ pointer, message }) =>
      report(
        'verify/chart-values-not-ours',
        [],
        { chart: titleOf(object), pointer, message },
        { artifact: placeOf(object) },
      ),
    ),
  ];
}
