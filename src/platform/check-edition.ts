import type { PlatformConfig } from '../config/platform-config.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { report } from '../diagnostics/report.ts';
import type { OpenFaas } from './openfaas.ts';
import { sortedEntries } from './sorted-entries.ts';

/** What the chosen edition and the way of installing it do not go together with, and what they ask of people. */
export function checkEdition(config: PlatformConfig, openfaas: OpenFaas): Diagnostic[] {
  return openfaas.edition === 'pro' ? checkPro(config, openfaas) : checkCommunity(config);
}

function checkPro({ openfaas: written = {} }: PlatformConfig, { install }: OpenFaas): Diagnostic[] {
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
  ];
}

function checkCommunity({ openfaas: written = {}, functions, sovereignty }: PlatformConfig): Diagnostic[] {
  const egress = sovereignty === undefined ? 'resolve/community-egress' : 'resolve/community-tells-amazon';
  return [
    ...(written.licence === undefined
      ? [report('resolve/community-licence', ['openfaas', 'licence'], undefined)]
      : []),
    ...(written.startCheck === undefined ? [report(egress, ['openfaas', 'startCheck'], undefined)] : []),
    ...sortedEntries(functions).flatMap(([name, { image }]) => {
      const registry = registryWithLogin(image);
      if (registry === undefined) return [];
      return [report('resolve/image-needs-login', ['functions', name, 'image'], { image, registry })];
    }),
  ];
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

function registryWithLogin(image: string): string | undefined {
  const [registry = ''] = image.split('/', 1);
  return registriesWithLogin.some((pattern) => pattern.test(registry)) ? registry : undefined;
}
