import { closeSync, openSync, readSync } from 'node:fs';
import { join } from 'node:path';
import type { Entry, Inventory } from '../disk/inventory.ts';
import { errorCode } from '../disk/read-if-possible.ts';
import { carriesMarker } from '../marker.ts';
import { isAsListed, lockPath, readLockListing } from './lock-listing.ts';

/**
 * Finds the files on disk that are ours. Only regular files can be, never links or their targets:
 * - a file with the marker;
 * - a file that the lock file lists, if it is about to be written again or still has the listed bytes (an edited one
 *   without the marker is someone's work, and stays);
 * - the lock file, if it has the marker or is right about at least one file.
 *
 * @param emitted paths of the artifacts to be written
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

/** Most bytes of the first two lines in our files. */
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
    // A file that cannot be read does not count as ours.
    if (errorCode(error) === undefined) throw error;
    return false;
  }
}
