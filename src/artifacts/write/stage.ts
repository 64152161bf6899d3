import {
  chmodSync,
  chownSync,
  constants,
  copyFileSync,
  linkSync,
  lutimesSync,
  mkdirSync,
  readlinkSync,
  type Stats,
  statSync,
  symlinkSync,
  utimesSync,
} from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { join } from 'node:path';
import type { Entry, Inventory } from '../disk/inventory.ts';
import type { OutputPlace } from '../disk/output-place.ts';
import { errorCode } from '../disk/read-if-possible.ts';
import { directoriesAbove } from '../disk/safe-path.ts';
import type { Plan, PlannedFile } from './plan.ts';

/** Enough to overlap the waits for the disk, far below what a process may have open. */
const filesAtOnce = 32;

/**
 * Makes the complete new tree in `place.staged` and has it on the disk before it returns. What does not change is there
 * as a hard link, so it stays the same file, with its times and open handles. The output directory is only read.
 */
export async function stageTree(place: OutputPlace, inventory: Inventory, plan: Plan): Promise<void> {
  mkdirSync(place.staged);
  const kept = plan.kept.filter(({ kind }) => kind !== 'directory').map(({ path }) => path);
  const directories = directoriesOf(plan);
  for (const path of directories) mkdirSync(join(place.staged, path), { recursive: true });

  const same = plan.files.filter(({ state }) => state === 'unchanged').map(({ path }) => path);
  for (const path of [...same, ...kept]) {
    const entry = inventory.entries.get(path);
    if (entry) carryOver(join(place.directory, path), join(place.staged, path), entry);
  }
  const fresh = plan.files.filter(({ state }) => state !== 'unchanged');
  for (let index = 0; index < fresh.length; index += filesAtOnce) {
    const written = fresh.slice(index, index + filesAtOnce).map((file) => {
      return writeFile(place.staged, file, inventory.entries.get(file.path)?.stats);
    });
    // Settled, not failed fast: nothing may still be writing when the staged tree is removed.
    const failed = (await Promise.allSettled(written)).find(({ status }) => status === 'rejected');
    if (failed?.status === 'rejected') throw failed.reason;
  }

  const foreign = new Set(plan.kept.map(({ path }) => path));
  // The deepest first: making an entry in a directory changes its times, and some modes forbid it.
  for (const path of ['', ...directories].reverse()) {
    const directory = join(place.staged, path);
    const stats = inventory.entries.get(path)?.stats;
    if (stats) takeAfter(directory, stats);
    if (stats && foreign.has(path)) utimesSync(directory, stats.atimeMs / 1000, stats.mtimeMs / 1000);
    await flushDirectory(directory);
  }
}

/** Makes a foreign or unchanged entry stand at a second place: the same file where links are possible, else a copy. */
export function carryOver(from: string, to: string, { kind, stats }: Entry): void {
  if (kind === 'link') {
    symlinkSync(readlinkSync(from), to);
    lutimesSync(to, stats.atimeMs / 1000, stats.mtimeMs / 1000);
    return;
  }
  try {
    linkSync(from, to);
  } catch (error) {
    if (
      kind !== 'file' ||
      !['EPERM', 'ENOTSUP', 'ENOSYS', 'EMLINK', 'EXDEV'].includes(errorCode(error) ?? '')
    ) {
      throw error;
    }
    copyFileSync(from, to, constants.COPYFILE_EXCL);
    takeAfter(to, stats);
    utimesSync(to, stats.atimeMs / 1000, stats.mtimeMs / 1000);
  }
}

/** Every directory of the new tree but its root, those above first. */
function directoriesOf(plan: Plan): string[] {
  const paths = [...plan.files, ...plan.kept].flatMap(({ path }) => directoriesAbove(path));
  const foreign = plan.kept.filter(({ kind }) => kind === 'directory').map(({ path }) => path);
  return [...new Set([...paths, ...foreign])].sort();
}

async function writeFile(
  root: string,
  { path, bytes, executable }: PlannedFile,
  before: Stats | undefined,
): Promise<void> {
  const file = join(root, path);
  const handle = await open(file, 'wx', executable ? 0o777 : 0o666);
  try {
    await handle.writeFile(bytes);
    if (before?.isFile()) takeAfter(file, before);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Gives mode and, as far as one may, owner of what stood there before. */
function takeAfter(path: string, before: Stats): void {
  const now = statSync(path);
  if (now.uid !== before.uid || now.gid !== before.gid) {
    try {
      chownSync(path, before.uid, before.gid);
    } catch (error) {
      if (errorCode(error) !== 'EPERM') throw error;
    }
  }
  // After the owner, since changing that clears some bits.
  if (now.mode !== before.mode) chmodSync(path, before.mode & 0o7777);
}

/** Has a directory's entries on the disk. Does nothing where directories cannot be opened. */
export async function flushDirectory(path: string): Promise<void> {
  let handle: FileHandle | undefined;
  try {
    handle = await open(path, 'r');
    await handle.sync();
  } catch (error) {
    if (!['EISDIR', 'EPERM', 'EACCES', 'EINVAL'].includes(errorCode(error) ?? '')) throw error;
  } finally {
    await handle?.close();
  }
}
