import { join } from 'node:path';
import type { ArtifactLocation } from '../../diagnostics/diagnostic.ts';

/** The file on disk for a place in an artifact. In an embedded file there is no line, because its lines are not the artifact's. */
export function artifactFile(
  { path, line }: ArtifactLocation,
  outDir: string,
): { readonly file: string; readonly line: number | undefined } {
  const [own = path, carried] = path.split('#', 2);
  return { file: join(outDir, own), line: carried === undefined ? line : undefined };
}
