import type { Artifact, NodeFile } from '../../artifacts/artifact.ts';
import type { Node } from '../../platform/nodes/node.ts';
import { places } from '../../platform/nodes/places.ts';
import type { Platform } from '../../platform/platform.ts';
import { functionResourcesFile } from './function-concerns.ts';

/**
 * The manifests that a node hands to K3s: on the first server, since K3s does not share this folder between servers.
 * All in one file, for K3s deletes what leaves a file, but nothing when a file leaves. Only what needs kinds that the
 * others bring is in a second one, which K3s tries again until they are there.
 */
export function deployedManifests(
  { delivery }: Platform,
  node: Node,
  artifacts: readonly Artifact[],
): NodeFile[] {
  if (!node.first) return [];
  const carried = artifacts.filter(
    ({ kind, path }) => kind === 'manifest' && path.startsWith(`${from[delivery.mode]}/`),
  );
  const file = (path: string, parts: readonly Artifact[]): NodeFile => ({
    path,
    kind: 'manifest',
    text: parts.map(({ text }) => text).join('---\n'),
    permissions: '0600',
  });
  return [
    file(
      places.manifests,
      carried.filter((artifact) => !isLate(artifact)),
    ),
    ...carried.filter(isLate).map((artifact) => file(lateFiles[artifact.path] ?? '', [artifact])),
  ];
}

/** Manifests of kinds that another manifest brings, and the files of their own that they are in on the node. */
const lateFiles: Readonly<Record<string, string>> = {
  'gitops/20-source.yaml': places.gitSource,
  [`manifests/${functionResourcesFile}`]: places.functionResources,
};

function isLate({ path }: Artifact): boolean {
  return Object.hasOwn(lateFiles, path);
}

const from = { embedded: 'manifests', gitops: 'gitops' };
