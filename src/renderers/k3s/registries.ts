import type { NodeFile } from '../../artifacts/artifact.ts';
import { printYaml } from '../../artifacts/print-yaml.ts';
import type { K3s } from '../../platform/k3s/k3s.ts';
import { places } from '../../platform/nodes/places.ts';

/** registries.yaml, which tells containerd where to pull images from. None if it would be empty. */
export function registriesFiles({ registries }: K3s, marker: string): NodeFile[] {
  if (registries === undefined) return [];
  const mirrors = registries.mirrors.map(({ registry, endpoints, rewrite }) => [
    registry,
    { endpoint: endpoints, ...(rewrite && { rewrite }) },
  ]);
  return [
    {
      path: places.registries,
      kind: 'registries',
      text: printYaml({ mirrors: Object.fromEntries(mirrors) }, marker),
      permissions: '0600',
    },
  ];
}
