import { lstatSync, readdirSync, type Stats } from 'node:fs';
import { join } from 'node:path';
import { errorCode } from './read-if-possible.ts';

/** What stands at one path below a directory. Symbolic links are never followed: they are entries of their own. */
export interface Entry {
  /** Below the directory, parted by `/`; `''` is the directory itself. */
  readonly path: string;
  /**
   * `mount`: a directory of another filesystem, not looked into. `unreadable`: it is there, but what it is or holds
   * cannot be read.
   */
  readonly kind: 'file' | 'directory' | 'link' | 'mount' | 'other' | 'unreadable';
  readonly stats: Stats;
}

/** Everything below a directory. */
export interface Inventory {
  /** Keyed by path, sorted, directories before what they hold. Empty when the directory does not exist. */
  readonly entries: ReadonlyMap<string, Entry>;
  /** False when there was more than `entryLimit`; the rest was not looked at. */
  readonly complete: boolean;
}

/** More entries than this are no output of ours but someone's home or system directory, given by mistake. */
export const entryLimit = 10_000;

/** Reads what stands below `directory`. Follows no link below it; `directory` itself may be one. */
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
  // The slash makes a link to a directory count as that directory.
  const root = lstatIfThere(`${directory}/`);
  if (root?.isDirectory()) visit({ path: '', kind: 'directory', stats: root });
  return { entries, complete: entries.size < entryLimit };
}

function entryAt(directory: string, path: string, above: Stats): Entry {
  const stats = lstatIfThere(join(directory, path));
  // Undefined for a name that is not UTF-8, which arrives here mangled.
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
