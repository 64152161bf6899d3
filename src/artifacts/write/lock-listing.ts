import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { Inventory } from '../disk/inventory.ts';
import { readIfPossible } from '../disk/read-if-possible.ts';
import { isSafePath } from '../disk/safe-path.ts';

/** The lock file's path in the output directory. It lists all other artifacts. */
export const lockPath = 'platform.lock.json';

/** One artifact that a lock file lists. */
export interface ListedFile {
  readonly path: string;
  /** Lower-case hexadecimal. */
  readonly sha256: string;
  /** Bytes. */
  readonly size: number;
}

/** Most bytes of a lock file; a larger file is not one of ours. */
const sizeLimit = 16 * 1024 * 1024;

/**
 * Reads the files that the lock file on disk lists, by path. Anyone may have edited it, so it is not trusted: entries
 * that are malformed, or whose path leaves the directory, are left out. Empty if there is no readable lock file.
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

/** True if the file has exactly the bytes that the lock file lists. */
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
    // A merge conflict or an edit made it unreadable. Most of our files still have the marker.
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
