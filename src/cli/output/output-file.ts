import { existsSync, fstatSync, readlinkSync, realpathSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

/** The file that a stream writes to: its absolute path, `'unknown'` if the path cannot be found, undefined if not a file. */
export type OutputFile = string | 'unknown' | undefined;

/** Finds the file behind a descriptor of this process. */
export function outputFileOf(descriptor: number): OutputFile {
  if (!fstatSync(descriptor).isFile()) return undefined;
  try {
    return readlinkSync(`/proc/self/fd/${descriptor}`);
  } catch {
    // Only Linux has /proc.
    return 'unknown';
  }
}

/** True if a file could be committed: it is below the config's directory, or in any Git work tree. */
export function couldBeCommitted(file: string, configDirectory: string): boolean {
  const folder = realPath(dirname(file));
  if (!relative(realPath(configDirectory), folder).startsWith('..')) return true;
  for (let parent = folder; ; parent = dirname(parent)) {
    if (existsSync(join(parent, '.git'))) return true;
    if (parent === dirname(parent)) return false;
  }
}

function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}
