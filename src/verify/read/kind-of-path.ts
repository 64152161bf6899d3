import type { ArtifactKind } from '../../artifacts/artifact.ts';
import { nodePlaceOf } from './node-places.ts';

type Row = readonly [pattern: RegExp, kind: ArtifactKind];

/** What each file of `dist/` is written in. */
const distKinds: readonly Row[] = [
  [/^cloud-init\/[^/]+\.yaml$/, 'user-data'],
  [/^manifests\/kustomization\.yaml$/, 'kustomization'],
  [/^(manifests|gitops)\/[^/]+\.yaml$/, 'manifest'],
  [/^nginx\/[^/]+\.conf$/, 'nginx'],
  [/^nodes\/[^/]+\/apply\.sh$/, 'script'],
  [/^stack\.yaml$/, 'stack'],
  [/^platform\.lock\.json$/, 'lock'],
];

/** The language of a file of `dist/`, or `undefined` for one that is none of ours. */
export function kindOfDistPath(path: string): ArtifactKind | undefined {
  return distKinds.find(([pattern]) => pattern.test(path))?.[1];
}

/** The language of a file on a node, or `undefined` for a place that we put nothing. */
export function kindOfNodePath(path: string): ArtifactKind | undefined {
  return nodePlaceOf(path)?.kind;
}
