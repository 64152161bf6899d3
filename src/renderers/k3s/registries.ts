import type { NodeFile } from '../../artifacts/artifact.ts';
import { printYaml } from '../../artifacts/print-yaml.ts';
import type { K3s, RegistryAccess } from '../../platform/k3s/k3s.ts';
import { places } from '../../platform/nodes/places.ts';

/** registries.yaml, which tells containerd where to pull images from. None if it would be empty. */
export function registriesFiles({ registries }: K3s, marker: string): NodeFile[] {
  if (registries === undefined) return [];
  const mirrors = registries.mirrors.map(({ registry, endpoints, rewrite }) => [
    registry,
    { endpoint: endpoints, ...(rewrite && { rewrite }) },
  ]);
  const configs = registries.access.map((access) => [access.registry, accessOf(access)]);
  if (mirrors.length === 0 && configs.length === 0) return [];
  const content = {
    ...(mirrors.length > 0 && { mirrors: Object.fromEntries(mirrors) }),
    ...(configs.length > 0 && { configs: Object.fromEntries(configs) }),
  };
  const logsIn = registries.access.some(({ credentials }) => credentials !== undefined);
  return [
    {
      path: logsIn ? places.registriesBase : places.registries,
      kind: 'registries',
      text: printYaml(content, marker),
      permissions: '0600',
    },
  ];
}

/** In the place of `@HOST@`, apply.sh puts what the node's own file has, in base64 as containerd takes it. */
function accessOf({ registry, credentials, ca }: RegistryAccess) {
  return {
    ...(credentials && { auth: { auth: `@${registry}@` } }),
    ...(ca && { tls: { ca_file: ca } }),
  };
}
