import { join } from 'node:path';
import type { ArtifactLocation } from '../../diagnostics/diagnostic.ts';

/** The file on disk of a place in an artifact. A line inside of a file that it only carries is none of its own. */
export function artifactFile(
  { path, line }: ArtifactLocation,
  outDir: string,
): { readonly file: string; readonly line: number | undefined } {
  const [own = path, carried] = path.split('#', 2);
  return { file: join(outDir, own), line: carried === undefined ? line : undefined };
}
