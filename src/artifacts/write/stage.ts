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

/** Enough to use the disk in parallel, and far below the limit of open files. */
const filesAtOnce = 32;

/**
 * Makes the complete new tree in `place.staged` and flushes it to disk. An unchanged file is a hard link to the old one,
 * so it keeps its times and open handles. The output directory is only read.
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
    // Wait for all, even after a failure: nothing may still be writing when the staged tree is removed.
    const failed = (await Promise.allSettled(written)).find(({ status }) => status === 'rejected');
    if (failed?.status === 'rejected') throw failed.reason;
  }

  const foreign = new Set(plan.kept.map(({ path }) => path));
  // Deepest first, because creating an entry in a directory changes its times, and some modes forbid it.
  for (const path of ['', ...directories].reverse()) {
    const directory = join(place.staged, path);
    const stats = inventory.entries.get(path)?.stats;
    if (stats) takeAfter(directory, stats);
    if (stats && foreign.has(path)) utimesSync(directory, stats.atimeMs / 1000, stats.mtimeMs / 1000);
    await flushDirectory(directory);
  }
}

/** Puts a foreign or unchanged entry at a second place: as a hard link if possible, else as a copy. */
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

/** All directories of the new tree except its root, outer ones first. */
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

/** Sets the mode and, if permitted, the owner that the old entry had. */
function takeAfter(path: string, before: Stats): void {
  const now = statSync(path);
  if (now.uid !== before.uid || now.gid !== before.gid) {
    try {
      chownSync(path, before.uid, before.gid);
    } catch (error) {
      if (errorCode(error) !== 'EPERM') throw error;
    }
  }
  // After the owner, because changing the owner clears some bits.
  if (now.mode !== before.mode) chmodSync(path, before.mode & 0o7777);
}

/** Flushes a directory's entries to disk. Does nothing on systems that cannot open directories. */
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
