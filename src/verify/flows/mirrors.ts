import { type ImageMirrors, systemRegistry } from '../../platform/k3s/image-sources.ts';
import type { Dist, DistNode } from '../dist.ts';
import { registriesOf } from '../read/registries.ts';

/** A node's mirrors of registries. */
export function mirrorsOf({ files, k3sConfig }: DistNode): ImageMirrors {
  const { mirrors = {} } = registriesOf(files);
  return {
    endpoints: new Map(Object.entries(mirrors).map(([registry, { endpoint = [] }]) => [registry, endpoint])),
    only: k3sConfig['disable-default-registry-endpoint'] === true,
  };
}

/** The registry of K3s' own images. Servers name it for all nodes. */
export function systemRegistryOf({ nodes }: Dist): string {
  const named = nodes.map(({ k3sConfig }) => k3sConfig['system-default-registry']);
  return String(named.find((registry) => registry !== undefined) ?? systemRegistry);
}
