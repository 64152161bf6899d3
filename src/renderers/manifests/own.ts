import type { Artifact } from '../../artifacts/artifact.ts';
import { ownManifestsPath } from '../../artifacts/own-manifests.ts';
import { printYaml } from '../../artifacts/print-yaml.ts';
import type { Platform } from '../../platform/platform.ts';
import { canonical } from './manifest-file.ts';

/** The user's own objects, all in one file, so that their order does not depend on the files that they are from. */
export function ownManifests({ manifests }: Platform, marker: string): Artifact[] {
  if (manifests.length === 0) return [];
  const objects = manifests.map(({ object }) => printYaml(canonical(object.body)));
  return [
    {
      path: ownManifestsPath,
      kind: 'manifest',
      text: `# ${marker}\n${objects.join('---\n')}`,
      source: ['delivery', 'manifests'],
    },
  ];
}
