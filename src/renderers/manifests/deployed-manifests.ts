import type { Artifact, NodeFile } from '../../artifacts/artifact.ts';
import type { Node } from '../../platform/nodes/node.ts';
import { places } from '../../platform/nodes/places.ts';
import type { Platform } from '../../platform/platform.ts';
import { functionResourcesFile } from './function-concerns.ts';

/**
 * The manifests that a node gives to K3s. Only the first server has them, because servers do not share this folder.
 * They are in one file: K3s deletes objects that leave a file, but deletes nothing if a whole file is removed. Objects
 * of a kind that the others install are in a second file, which K3s retries until the kind exists.
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

/** Manifests with kinds that another manifest installs, and the separate file that each is in on the node. */
const lateFiles: Readonly<Record<string, string>> = {
  'gitops/20-source.yaml': places.gitSource,
  [`manifests/${functionResourcesFile}`]: places.functionResources,
};

function isLate({ path }: Artifact): boolean {
  return Object.hasOwn(lateFiles, path);
}

const from = { embedded: 'manifests', gitops: 'gitops' };
