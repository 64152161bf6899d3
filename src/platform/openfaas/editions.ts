import type { PlatformConfig } from '../../config/platform-config.ts';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { report } from '../../diagnostics/report.ts';
import { communityReplicas } from '../functions/function.ts';
import { registryOf } from '../k3s/image-sources.ts';
import { sortedEntries } from '../sorted-entries.ts';
import type { OpenFaas } from './openfaas.ts';

/** Reports settings that the edition or its way of installation does not have, and what its licence asks for. */
export function diagnoseEdition(config: PlatformConfig, openfaas: OpenFaas): Diagnostic[] {
  return openfaas.edition === 'pro' ? diagnosePro(config, openfaas) : diagnoseCommunity(config, openfaas);
}

/** Reports the terms of the community edition, and settings that the chart's scaling ignores. */
function diagnoseCommunity(config: PlatformConfig, { install, autoscaling }: OpenFaas): Diagnostic[] {
  const { openfaas: written = {}, functions } = config;
  return [
    ...(written.licence === undefined
      ? [report('resolve/community-licence', ['openfaas', 'licence'], undefined)]
      : []),
    ...startCheck(config),
    ...sortedEntries(functions).flatMap(([name, { image }]) => {
      const registry = registryWithLogin(image, config);
      if (registry === undefined) return [];
      return [report('resolve/image-needs-login', ['functions', name, 'image'], { image, registry })];
    }),
    ...(install === 'helm' && autoscaling ? diagnoseChartScaling(functions) : []),
  ];
}

/** A warning until it is accepted if `sovereignty` is set; otherwise an info beside the one about the licence. */
function startCheck({ openfaas: written = {}, sovereignty }: PlatformConfig): Diagnostic[] {
  const path = ['openfaas', 'startCheck'];
  if (written.startCheck !== undefined) return [];
  if (sovereignty !== undefined) return [report('resolve/community-tells-amazon', path, undefined)];
  return written.licence === undefined ? [report('resolve/community-egress', path, undefined)] : [];
}

/** The chart has one alert for all functions, at 5 calls a second, but none for a function below its minimum. */
function diagnoseChartScaling(functions: PlatformConfig['functions']): Diagnostic[] {
  return sortedEntries(functions).flatMap(([name, { replicas = {}, direct }]) => {
    const { min = 1, max = communityReplicas, rate } = replicas;
    const at = ['functions', name, 'replicas'];
    if (direct !== undefined && direct !== false) return [];
    return [
      ...(rate === undefined ? [] : [report('resolve/chart-fixed-rate', [...at, 'rate'], { rate })]),
      ...(min > 1 && max > min ? [report('resolve/chart-below-minimum', at, { name, min, max })] : []),
    ];
  });
}

/** Registries that hand out nothing, or almost nothing, without a login. */
const registriesWithLogin: readonly RegExp[] = [
  /^\d{12}\.dkr\.ecr(-fips)?\.[a-z0-9-]+\.(amazonaws\.com(\.cn)?|on\.aws)$/,
  /^[a-z0-9-]+\.azurecr\.(io|cn|us)$/,
  /^[a-z0-9-]+\.jfrog\.io$/,
  /^registry\.digitalocean\.com$/,
  /^(us|uk|de|eu|jp|br|au|in)\.icr\.io$/,
  /^[a-z0-9-]+\.ocir\.io$/,
];

/** At Docker Hub, a login only lifts the limit of pulls. */
function registryWithLogin(image: string, { k3s }: PlatformConfig): string | undefined {
  const registry = registryOf(image);
  const logsIn = registry !== 'docker.io' && k3s?.registries?.configs?.[registry]?.auth !== undefined;
  return logsIn || registriesWithLogin.some((pattern) => pattern.test(registry)) ? registry : undefined;
}

/** What a licence of OpenFaaS Standard is for. Source: the comparison of editions in OpenFaaS' documentation. */
const standardFunctions = 500;

/** Keys of a function that only a Deployment can have, and not the `Function` of OpenFaaS Pro. */
const deploymentKeys = [
  'args',
  'command',
  'direct',
  'disk',
  'gracePeriod',
  'priority',
  'runAsUser',
  'spread',
] as const;

/** Reports settings of the community edition and keys that a `Function` cannot have. */
function diagnosePro(
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
