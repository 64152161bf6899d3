import { lstatSync, readdirSync, type Stats } from 'node:fs';
import { join } from 'node:path';
import { errorCode } from './read-if-possible.ts';

/** One file, directory or other entry below a directory. Symbolic links are not followed: each is an entry itself. */
export interface Entry {
  /** Below the directory, with `/` between parts; `''` is the directory itself. */
  readonly path: string;
  /**
   * `mount`: a directory of another filesystem, which is not read. `unreadable`: it exists, but its type or content cannot
   * be read.
   */
  readonly kind: 'file' | 'directory' | 'link' | 'mount' | 'other' | 'unreadable';
  readonly stats: Stats;
}

/** Everything below a directory. */
export interface Inventory {
  /** By path, sorted, directories before their entries. Empty if the directory does not exist. */
  readonly entries: ReadonlyMap<string, Entry>;
  /** False if there are more than `entryLimit` entries; the rest was not read. */
  readonly complete: boolean;
}

/** A directory with more entries than this is not our output, but a home or system directory given by mistake. */
export const entryLimit = 10_000;

/** Lists everything below `directory`. Follows no links below it, but `directory` itself may be one. */
export function takeInventory(directory: string): Inventory {
  const entries = new Map<string, Entry>();
  const visit = (entry: Entry): void => {
    if (entries.size >= entryLimit) return;
    entries.set(entry.path, entry);
    if (entry.kind !== 'directory') return;
    const names = namesIn(join(directory, entry.path));
    if (names === undefined) entries.set(entry.path, { ...entry, kind: 'unreadable' });
    for (const name of names ?? []) {
      visit(entryAt(directory, entry.path === '' ? name : `${entry.path}/${name}`, entry.stats));
    }
  };
  // With the slash, a link to a directory is followed.
  const root = lstatIfThere(`${directory}/`);
  if (root?.isDirectory()) visit({ path: '', kind: 'directory', stats: root });
  return { entries, complete: entries.size < entryLimit };
}

function entryAt(directory: string, path: string, above: Stats): Entry {
  const stats = lstatIfThere(join(directory, path));
  // Undefined for a name that is not UTF-8, because Node mangles it.
  return stats === undefined
    ? { path, kind: 'unreadable', stats: above }
    : { path, kind: kindOf(stats, above), stats };
}

function namesIn(directory: string): string[] | undefined {
  try {
    return readdirSync(directory).sort();
  } catch (error) {
    if (errorCode(error) === undefined) throw error;
    return undefined;
  }
}

export function lstatIfThere(path: string): Stats | undefined {
  try {
    return lstatSync(path);
  } catch (error) {
    if (errorCode(error) === undefined) throw error;
    return undefined;
  }
}

function kindOf(stats: Stats, above: Stats): Entry['kind'] {
  if (stats.isFile()) return 'file';
  if (stats.isDirectory()) return stats.dev === above.dev ? 'directory' : 'mount';
  return stats.isSymbolicLink() ? 'link' : 'other';
}
