import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { Inventory } from '../disk/inventory.ts';
import { readIfPossible } from '../disk/read-if-possible.ts';
import { isSafePath } from '../disk/safe-path.ts';

/** Where the lock file stands in the output directory. It lists every other artifact. */
export const lockPath = 'platform.lock.json';

/** One artifact that a lock file says was written. */
export interface ListedFile {
  readonly path: string;
  /** Lower-case hexadecimal. */
  readonly sha256: string;
  /** Bytes. */
  readonly size: number;
}

/** Past this, in bytes, the file is not a lock file of ours. */
const sizeLimit = 16 * 1024 * 1024;

/**
 * Reads what the lock file on disk says was written, keyed by path. Anyone may have edited it, so it is not trusted:
 * entries that are not of the right shape, or whose path leaves the directory, are left out. Empty when there is no
 * readable lock file.
 */
export function readLockListing(directory: string, inventory: Inventory): ReadonlyMap<string, ListedFile> {
  const listed = new Map<string, ListedFile>();
  const entry = inventory.entries.get(lockPath);
  if (entry?.kind !== 'file' || entry.stats.size > sizeLimit) return listed;
  for (const item of listedItems(readIfPossible(join(directory, lockPath))?.toString('utf8') ?? '')) {
    if (isListedFile(item) && item.path !== lockPath) listed.set(item.path, item);
  }
  return listed;
}

/** Whether the file at that path has, byte for byte, what the lock file recorded. */
export function isAsListed(directory: string, inventory: Inventory, listed: ListedFile | undefined): boolean {
  if (listed === undefined) return false;
  const entry = inventory.entries.get(listed.path);
  if (entry?.kind !== 'file' || entry.stats.size !== listed.size) return false;
  const bytes = readIfPossible(join(directory, listed.path));
  return bytes !== undefined && createHash('sha256').update(bytes).digest('hex') === listed.sha256;
}

function listedItems(text: string): readonly unknown[] {
  try {
    const lock: unknown = JSON.parse(text);
    if (typeof lock !== 'object' || lock === null || !('artifacts' in lock)) return [];
    return Array.isArray(lock.artifacts) ? lock.artifacts : [];
  } catch {
    // Merge conflicts and edits by hand make it unreadable; the marker still tells most of our files.
    return [];
  }
}

function isListedFile(item: unknown): item is ListedFile {
  if (typeof item !== 'object' || item === null) return false;
  if (!('path' in item) || !('sha256' in item) || !('size' in item)) return false;
  const { path, sha256, size } = item;
  if (typeof path !== 'string' || !isSafePath(path)) return false;
  return typeof sha256 === 'string' && /^[0-9a-f]{64}$/.test(sha256) && Number.isSafeInteger(size);
}
