import { createHash } from 'node:crypto';
import type { Artifact } from '../../src/artifacts/artifact.ts';
import { marker } from '../../src/artifacts/marker.ts';

export const mark = `# ${marker('platform.config.ts')}\n`;

/** An artifact with the marker in its first line. */
export const marked = (path: string, text: string): Artifact => bare(path, mark + text);

/** An artifact whose format has no place for the marker. */
export const bare = (path: string, text: string): Artifact => ({ path, kind: 'text', text, source: [] });

/** The lock file of a set of artifacts. */
export function lockOf(artifacts: readonly Artifact[]): Artifact {
  const listed = artifacts.map(({ path, text }) => ({
    path,
    sha256: createHash('sha256').update(text).digest('hex'),
    size: Buffer.byteLength(text),
  }));
  const lock = { generated: marker('platform.config.ts'), artifacts: listed };
  return bare('platform.lock.json', `${JSON.stringify(lock, null, 2)}\n`);
}
