import { join } from 'node:path';
import type { Artifact } from '../artifact.ts';
import type { Entry, Inventory } from '../disk/inventory.ts';
import { readIfPossible } from '../disk/read-if-possible.ts';
import { directoriesAbove } from '../disk/safe-path.ts';
import { findOwnFiles } from './ownership.ts';

/** One artifact, and how it stands to what is on disk. */
export interface PlannedFile {
  readonly path: string;
  readonly bytes: Buffer;
  /** Whether it can be run, when it is new. */
  readonly executable: boolean;
  readonly state: 'created' | 'changed' | 'unchanged';
}

/** What writing would do to a directory. Paths are below it, sorted. */
export interface Plan {
  readonly files: readonly PlannedFile[];
  /** Our own files that are no longer emitted. */
  readonly orphans: readonly string[];
  /** What is not ours and stays: every entry that is not a directory, and directories that hold nothing of ours. */
  readonly kept: readonly Entry[];
  /** What is not ours and stands where one of our files or directories must be. */
  readonly obstacles: readonly string[];
}

/** Whether nothing is left to do. */
export function isUpToDate({ files, orphans }: Plan): boolean {
  return orphans.length === 0 && files.every(({ state }) => state === 'unchanged');
}

/** Compares the artifacts with what is in `directory`, read before as `inventory`. Changes nothing. */
export function makePlan(directory: string, inventory: Inventory, artifacts: readonly Artifact[]): Plan {
  const { entries } = inventory;
  const emitted = new Set(artifacts.map(({ path }) => path));
  const own = findOwnFiles(directory, inventory, emitted);
  const files = artifacts
    .map(({ path, kind, text }) => {
      const bytes = Buffer.from(text, 'utf8');
      const state = stateOf(join(directory, path), bytes, entries.get(path));
      return { path, bytes, executable: kind === 'script', state };
    })
    .sort((a, b) => (a.path < b.path ? -1 : 1));
  const unchanged = new Set(files.filter(({ state }) => state === 'unchanged').map(({ path }) => path));
  const orphans = [...own].filter((path) => !emitted.has(path));

  const directoriesOfOurs = new Set([...own, ...unchanged].flatMap(directoriesAbove));
  const kept = [...entries.values()].filter(({ path, kind }) => {
    if (path === '' || own.has(path) || unchanged.has(path)) return false;
    return kind !== 'directory' || !directoriesOfOurs.has(path);
  });

  return { files, orphans, kept, obstacles: findObstacles(kept, emitted) };
}

function findObstacles(kept: readonly Entry[], emitted: ReadonlySet<string>): string[] {
  const neededDirectories = new Set([...emitted].flatMap(directoriesAbove));
  const obstacles = kept.filter(({ path, kind }) => {
    if (kind !== 'directory' && neededDirectories.has(path)) return true;
    // A foreign file below `a/b` keeps our own directory `a/b` from becoming the file `a/b`.
    return [path, ...directoriesAbove(path)].some((above) => emitted.has(above));
  });
  const found = new Set(obstacles.map(({ path }) => path));
  // Where a whole directory is in the way, it alone is named.
  return [...found].filter((path) => !directoriesAbove(path).some((above) => found.has(above)));
}

function stateOf(file: string, bytes: Buffer, entry: Entry | undefined): PlannedFile['state'] {
  if (entry === undefined) return 'created';
  const isSame =
    entry.kind === 'file' && entry.stats.size === bytes.length && readIfPossible(file)?.equals(bytes);
  return isSame ? 'unchanged' : 'changed';
}
