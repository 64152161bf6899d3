import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { snapshotFolder } from '../snapshot-files.ts';

/** One compiled platform on disk, to be judged. */
export interface DistDirectory {
  /** `dist`, or the name of a snapshot. */
  readonly name: string;
  readonly path: string;
}

/** The committed `dist/` and every snapshot. */
export function distDirectories(): DistDirectory[] {
  const committed = { name: 'dist', path: join(import.meta.dirname, '../../dist') };
  const snapshots = readdirSync(snapshotFolder).map((name) => ({ name, path: join(snapshotFolder, name) }));
  return [committed, ...snapshots].filter(({ path }) => existsSync(path));
}
