import { mkdirSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Inventory, lstatIfThere, takeInventory } from '../disk/inventory.ts';
import type { OutputPlace } from '../disk/output-place.ts';
import { errorCode } from '../disk/read-if-possible.ts';
import { carryOver, flushDirectory } from './stage.ts';

/** What an earlier run left when it was killed. */
export type Leftover =
  | 'none'
  /** Killed while staging or while removing the old tree: the output directory is whole, old or new. */
  | 'rubbish'
  /** Killed between the two renames: the output directory is missing, its old tree is beside it. */
  | 'half-swapped'
  /** As `half-swapped`, but something else has made the output directory since. */
  | 'contested';

export function findLeftover(place: OutputPlace): Leftover {
  const isThere = (path: string): boolean => lstatIfThere(path) !== undefined;
  const hasStaged = isThere(place.staged);
  if (!isThere(place.previous)) return hasStaged ? 'rubbish' : 'none';
  if (!isThere(place.directory)) return 'half-swapped';
  return hasStaged ? 'contested' : 'rubbish';
}

/**
 * Brings the output directory back to what it was before a killed run and removes what that run left. Does nothing when
 * the leftover is `contested`. Only for the holder of the claim.
 */
export function recover(place: OutputPlace): Leftover {
  const leftover = findLeftover(place);
  if (leftover === 'contested') return leftover;
  if (leftover === 'half-swapped') renameSync(place.previous, place.directory);
  for (const path of [place.staged, place.previous]) rmSync(path, { recursive: true, force: true });
  return leftover;
}

/**
 * Puts the staged tree in the place of the output directory.
 *
 * Linux renames no directory over one that holds something, and exchanging two in one step (`RENAME_EXCHANGE`) is not
 * reachable from Node. So an existing directory is moved away first: a process killed between the two calls, some
 * microseconds, leaves the output directory missing, whole in both forms beside its place, and `recover` brings the old
 * one back. Without an existing directory there is one rename and no such moment.
 */
export async function swapTrees(place: OutputPlace, exists: boolean): Promise<void> {
  if (exists) {
    renameSync(place.directory, place.previous);
    try {
      renameSync(place.staged, place.directory);
    } catch (error) {
      renameSync(place.previous, place.directory);
      throw error;
    }
  } else {
    renameSync(place.staged, place.directory);
  }
  await flushDirectory(place.parent);
}

/**
 * Removes the old tree, after carrying over what someone put there, or saved anew, between the inventory and the swap.
 * Files of ours that someone changed in that time are ours all the same and go. The new tree is in place already, so
 * what cannot be removed is no failure: it is left for the next run.
 *
 * @param before the inventory that the new tree was staged from
 * @param emitted paths that hold our artifacts now
 */
export function removePrevious(place: OutputPlace, before: Inventory, emitted: ReadonlySet<string>): void {
  try {
    for (const entry of takeInventory(place.previous).entries.values()) {
      const isKnown = before.entries.get(entry.path)?.stats.ino === entry.stats.ino;
      if (isKnown || entry.kind === 'directory' || emitted.has(entry.path)) continue;
      const to = join(place.directory, entry.path);
      mkdirSync(dirname(to), { recursive: true });
      rmSync(to, { force: true });
      carryOver(join(place.previous, entry.path), to, entry);
    }
    rmSync(place.previous, { recursive: true });
  } catch (error) {
    if (errorCode(error) === undefined) throw error;
  }
}
