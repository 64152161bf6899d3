import { join } from 'node:path';
import type { Artifact } from '../artifact.ts';
import type { Entry, Inventory } from '../disk/inventory.ts';
import { readIfPossible } from '../disk/read-if-possible.ts';
import { directoriesAbove } from '../disk/safe-path.ts';
import { findOwnFiles } from './ownership.ts';

/** One artifact, and its state on disk. */
export interface PlannedFile {
  readonly path: string;
  readonly bytes: Buffer;
  /** True if it gets execute permission when it is created. */
  readonly executable: boolean;
  readonly state: 'created' | 'changed' | 'unchanged';
}

/** The changes that writing would make to a directory. Paths are below it, sorted. */
export interface Plan {
  readonly files: readonly PlannedFile[];
  /** Our own files that are no longer emitted. */
  readonly orphans: readonly string[];
  /** Entries that are not ours and stay: all but directories, and directories without files of ours. */
  readonly kept: readonly Entry[];
  /** Entries that are not ours but are in the place of one of our files or directories. */
  readonly obstacles: readonly string[];
}

/** True if there is nothing to do. */
export function isUpToDate({ files, orphans }: Plan): boolean {
  return orphans.length === 0 && files.every(({ state }) => state === 'unchanged');
}

/** Compares the artifacts with `directory`, of which `inventory` is the content. Changes nothing. */
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
    // If our directory `a/b` contains a foreign file, it cannot become a file `a/b`.
    return [path, ...directoriesAbove(path)].some((above) => emitted.has(above));
  });
  const found = new Set(obstacles.map(({ path }) => path));
  // If a whole directory is in the way, report only that.
  return [...found].filter((path) => !directoriesAbove(path).some((above) => found.has(above)));
}

function stateOf(file: string, bytes: Buffer, entry: Entry | undefined): PlannedFile['state'] {
  if (entry === undefined) return 'created';
  const isSame =
    entry.kind === 'file' && entry.stats.size === bytes.length && readIfPossible(file)?.equals(bytes);
  return isSame ? 'unchanged' : 'changed';
}
