import { createHash } from 'node:crypto';
import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import process from 'node:process';
import type { Cache, CacheKey } from '../config/load/cache.ts';

/** More files than this are not kept: the oldest go. */
const most = 48;

/** Bytes of the digest before the data. */
const digestLength = 32;

/**
 * A cache in files of this user: `FJORD_CACHE_DIR`, else `fjord` in `XDG_CACHE_HOME` or `~/.cache`. It holds code that
 * runs, so what another user could have written is not read. A directory that cannot be written to is as good as none.
 */
export function userCache(env: Readonly<Record<string, string | undefined>>): Cache {
  const directory = env.FJORD_CACHE_DIR ?? join(env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'fjord');
  const fileOf = ({ kind, of }: CacheKey) =>
    join(directory, `${kind}-${createHash('sha256').update(of.join('\0')).digest('hex').slice(0, 32)}`);
  return {
    read(key) {
      try {
        const file = fileOf(key);
        if (!isOurs(directory) || !isOurs(file)) return undefined;
        const bytes = readFileSync(file);
        const data = bytes.subarray(digestLength);
        return digest(data).equals(bytes.subarray(0, digestLength)) ? data : undefined;
      } catch {
        return undefined;
      }
    },
    write(key, data) {
      try {
        make(directory);
        if (!isOurs(directory)) return;
        const file = fileOf(key);
        const unfinished = `${file}.${process.pid}`;
        writeFileSync(unfinished, Buffer.concat([digest(data), data]), { mode: 0o600 });
        renameSync(unfinished, file);
        prune(directory);
      } catch {
        // The next time it is computed again.
      }
    },
  };
}

/** Makes above it only what is missing: in a place like /proc, Node would never stop trying. */
function make(directory: string): void {
  if (existsSync(directory)) return;
  const above = dirname(directory);
  if (!existsSync(above)) mkdirSync(above, { recursive: true });
  mkdirSync(directory, { mode: 0o700 });
}

function digest(data: Uint8Array): Buffer {
  return createHash('sha256').update(data).digest();
}

/** True if nobody else could have written it. Windows has no such modes, but a directory for each user. */
function isOurs(path: string): boolean {
  const { uid, mode } = lstatSync(path);
  return process.getuid === undefined || (uid === process.getuid() && (mode & 0o022) === 0);
}

function prune(directory: string): void {
  const files = readdirSync(directory).map((name) => join(directory, name));
  if (files.length <= most) return;
  const oldestFirst = files.map((file) => ({ file, at: statSync(file).mtimeMs })).sort((a, b) => a.at - b.at);
  for (const { file } of oldestFirst.slice(0, files.length - most)) rmSync(file, { force: true });
}
