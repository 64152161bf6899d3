import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import process from 'node:process';
import { toolsDirectory } from '../../conformance/tools-directory.ts';

/** The programs that K3s is made of, on a disk that emulated machines read. It is kept as long as the parts are the same. */
export function partsDisk(parts: string): string {
  const directory = join(toolsDirectory(), 'boot-parts');
  const disk = join(directory, `${basename(parts)}.ext4`);
  if (!existsSync(disk)) {
    mkdirSync(directory, { recursive: true });
    const unfinished = `${disk}.${process.pid}`;
    const tree = `${disk}.tree`;
    rmSync(tree, { recursive: true, force: true });
    mkdirSync(tree);
    execFileSync('cp', ['--archive', '--link', join(parts, 'bin'), join(parts, 'debian'), tree]);
    makeDisk(tree, unfinished, 1280);
    rmSync(tree, { recursive: true });
    renameSync(unfinished, disk);
  }
  return disk;
}

/**
 * Makes a file system with what a directory has.
 *
 * @param size in MiB
 */
export function makeDisk(directory: string, disk: string, size: number): void {
  rmSync(disk, { force: true });
  // Without a journal it can be mounted where it cannot be written to.
  execFileSync('mke2fs', ['-q', '-t', 'ext4', '-O', '^has_journal', '-d', directory, disk, `${size}M`]);
}
