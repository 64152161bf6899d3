import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { toolsDirectory } from '../conformance/tools-directory.ts';

/** The Debian 12 that boot tests start. */
export interface BootImage {
  /** An ext4 file system, never written to: each boot has its own overlay. */
  readonly disk: string;
  readonly kernel: string;
  readonly initrd: string;
  /** An apt archive with the packages that a node installs while it boots. */
  readonly mirror: string;
}

/** The image made from what `test/boot/image/` says now; the first call makes it, in some minutes, as root. */
export function bootImage(): BootImage {
  const source = join(import.meta.dirname, 'image');
  const directory = join(toolsDirectory(), `boot-image-${hashOf(source).slice(0, 16)}`);
  if (!existsSync(directory)) build(join(source, 'build.sh'), directory);
  return {
    disk: join(directory, 'root.ext4'),
    kernel: join(directory, 'vmlinuz'),
    initrd: join(directory, 'initrd.img'),
    mirror: join(directory, 'mirror'),
  };
}

function build(script: string, directory: string): void {
  const unfinished = `${directory}.${process.pid}`;
  mkdirSync(toolsDirectory(), { recursive: true });
  const { status, stdout, stderr } = spawnSync(script, [unfinished], { encoding: 'utf8' });
  if (status !== 0) {
    throw new Error(
      `${script} failed (it needs root, debootstrap and apt):\n${(stdout + stderr).slice(-4000)}`,
    );
  }
  try {
    renameSync(unfinished, directory);
  } catch (error) {
    // Another process was faster; its image is the same.
    if (!existsSync(directory)) throw error;
    rmSync(unfinished, { recursive: true });
  }
}

function hashOf(directory: string): string {
  const hash = createHash('sha256');
  const files = readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
  for (const file of files) hash.update(file.slice(directory.length)).update('\0').update(readFileSync(file));
  return hash.digest('hex');
}
