import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { statOf } from './stat-of.ts';

/** The Debian 12 of rehearsed machines. */
export interface Image {
  /** An ext4 file system. Never written to: each machine has a copy or an overlay. */
  readonly disk: string;
  /** Its kernel, for emulated machines. */
  readonly kernel: string;
  readonly initrd: string;
  /** An apt archive with the packages that a node installs while it boots. */
  readonly mirror: string;
}

const source = fileURLToPath(new URL('../../rehearsal/image', import.meta.url));

/**
 * The image of what `rehearsal/image/` says now.
 *
 * @param tools the directory that built things are kept in
 */
export function imageIn(tools: string): Image {
  const directory = join(tools, `rehearsal-image-${hashOf(source).slice(0, 16)}`);
  return {
    disk: join(directory, 'root.ext4'),
    kernel: join(directory, 'vmlinuz'),
    initrd: join(directory, 'initrd.img'),
    mirror: join(directory, 'mirror'),
  };
}

/**
 * Makes the image if it is not there. It takes some minutes, and needs root, debootstrap and apt.
 *
 * @throws with the last lines of its output if it cannot be made
 */
export function buildImage(tools: string): Image {
  const image = imageIn(tools);
  const directory = dirname(image.disk);
  if (existsSync(directory)) return image;
  const unfinished = `${directory}.${process.pid}`;
  mkdirSync(tools, { recursive: true });
  removeUnfinished(tools);
  const script = join(source, 'build.sh');
  const { status, stdout, stderr } = spawnSync(script, [unfinished], { encoding: 'utf8' });
  if (status !== 0) {
    rmSync(unfinished, { recursive: true, force: true });
    throw new Error(
      `${script} failed (it needs root, debootstrap and apt):\n${`${stdout}${stderr}`.slice(-4000)}`,
    );
  }
  try {
    renameSync(unfinished, directory);
  } catch (error) {
    // Another process was faster; its image is the same.
    if (!existsSync(directory)) throw error;
    rmSync(unfinished, { recursive: true });
  }
  return image;
}

/** Removes what was left by builds that were ended. */
function removeUnfinished(tools: string): void {
  for (const name of readdirSync(tools)) {
    const [, pid] = /^rehearsal-image-[0-9a-f]+\.(\d+)$/.exec(name) ?? [];
    if (pid !== undefined && statOf(Number(pid)) === undefined) {
      rmSync(join(tools, name), { recursive: true, force: true });
    }
  }
}

/** The hash of a folder's names and contents. */
export function hashOf(directory: string): string {
  const hash = createHash('sha256');
  const files = readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
  for (const file of files) hash.update(file.slice(directory.length)).update('\0').update(readFileSync(file));
  return hash.digest('hex');
}
