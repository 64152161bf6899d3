import { mkdirSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Inventory, lstatIfThere, takeInventory } from '../disk/inventory.ts';
import type { OutputPlace } from '../disk/output-place.ts';
import { errorCode } from '../disk/read-if-possible.ts';
import { carryOver, flushDirectory } from './stage.ts';

/** Leftovers of a killed run. */
export type Leftover =
  | 'none'
  /** It was killed while staging or while removing the old tree: the output directory is complete, either old or new. */
  | 'rubbish'
  /** It was killed between the two renames: the output directory is missing, and the old tree is beside it. */
  | 'half-swapped'
  /** As `half-swapped`, but something else has created the output directory in the meantime. */
  | 'contested';

export function findLeftover(place: OutputPlace): Leftover {
  const isThere = (path: string): boolean => lstatIfThere(path) !== undefined;
  const hasStaged = isThere(place.staged);
  if (!isThere(place.previous)) return hasStaged ? 'rubbish' : 'none';
  if (!isThere(place.directory)) return 'half-swapped';
  return hasStaged ? 'contested' : 'rubbish';
}

/**
 * Restores the output directory after a killed run and removes its leftovers. Does nothing if the leftover is
 * `contested`. Only the holder of the claim may call it.
 */
export function recover(place: OutputPlace): Leftover {
  const leftover = findLeftover(place);
  if (leftover === 'contested') return leftover;
  if (leftover === 'half-swapped') renameSync(place.previous, place.directory);
  for (const path of [place.staged, place.previous]) rmSync(path, { recursive: true, force: true });
  return leftover;
}

/**
 * Replaces the output directory with the staged tree.
 *
 * Linux cannot rename a directory over one that is not empty, and Node cannot exchange two in one step
 * (`RENAME_EXCHANGE`). So an existing directory is moved away first. A process that is killed in the microseconds between
 * the two renames leaves no output directory, but both the old and the new tree are complete beside it, and `recover`
 * restores the old one. Without an existing directory there is only one rename.
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
 * Removes the old tree. Before that it moves files to the new tree that someone created or saved between the inventory
 * and the swap, unless they are ours. The new tree is already in place, so a file that cannot be removed is not a
 * failure: the next run removes it.
 *
 * @param before the inventory from which the new tree was staged
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
