import { report } from '../../../diagnostics/report.ts';
import { imageSources, registryOf } from '../../../platform/k3s/image-sources.ts';
import { mirrorsOf, systemRegistryOf } from '../../flows/mirrors.ts';
import { imagesIn } from '../../kubernetes/images.ts';
import type { Rule } from '../rule.ts';

/** Where the lock file says which registries images may come from, each node pulls every image from these alone. */
export const imagesFromAllowed: Rule = {
  name: 'images-from-allowed',
  harm: 'ownership',
  loss: 'Images would come from a registry that the config does not allow.',
  check: (dist) => {
    const allowed = dist.lock.allowedRegistries;
    if (allowed === undefined) return [];
    const images = [
      ...new Set([...imagesIn(dist), ...Object.values(dist.stack.functions).map(({ image }) => image)]),
    ];
    return dist.nodes.flatMap((node) => {
      const mirrors = mirrorsOf(node);
      const named = images.map((image) => [`the image '${image}'`, registryOf(image)] as const);
      return [...named, ["K3s' own images", systemRegistryOf(dist)] as const].flatMap(([what, registry]) =>
        imageSources(registry, mirrors)
          .filter((host) => !allowed.includes(host))
          .map((host) => report('verify/registry-not-allowed', [], { node: node.name, what, host, allowed })),
      );
    });
  },
};
