import { closeSync, openSync, readSync } from 'node:fs';
import { join } from 'node:path';
import type { Entry, Inventory } from '../disk/inventory.ts';
import { errorCode } from '../disk/read-if-possible.ts';
import { carriesMarker } from '../marker.ts';
import { isAsListed, lockPath, readLockListing } from './lock-listing.ts';

/**
 * Which of the files on disk are ours. Only regular files can be, never links or what lies behind them:
 * - a file that carries the marker;
 * - a file that the lock file lists, when it is about to be written again, or when it still has the recorded bytes
 *   (an edited one without the marker is someone's work, and stays);
 * - the lock file, when it carries the marker or describes at least one file beside it truthfully.
 *
 * @param emitted paths of the artifacts that the directory shall hold
 */
export function findOwnFiles(
  directory: string,
  inventory: Inventory,
  emitted: ReadonlySet<string>,
): ReadonlySet<string> {
  const listing = readLockListing(directory, inventory);
  const isOwn = (entry: Entry): boolean => {
    if (entry.kind !== 'file') return false;
    if (isMarked(join(directory, entry.path))) return true;
    if (entry.path === lockPath) {
      return [...listing.values()].some((listed) => isAsListed(directory, inventory, listed));
    }
    const listed = listing.get(entry.path);
    if (listed === undefined) return false;
    return emitted.has(entry.path) || isAsListed(directory, inventory, listed);
  };
  return new Set([...inventory.entries.values()].filter(isOwn).map((entry) => entry.path));
}

/** Bytes that two first lines take at most in our files. */
const headLength = 4096;

function isMarked(file: string): boolean {
  const head = Buffer.alloc(headLength);
  try {
    const descriptor = openSync(file, 'r');
    try {
      return carriesMarker(head.toString('utf8', 0, readSync(descriptor, head, 0, headLength, 0)));
    } finally {
      closeSync(descriptor);
    }
  } catch (error) {
    // What cannot be read cannot be shown to be ours.
    if (errorCode(error) === undefined) throw error;
    return false;
  }
}
