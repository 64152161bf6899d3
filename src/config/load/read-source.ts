import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, dirname, extname, join } from 'node:path';
import { distance } from 'fastest-levenshtein';
import type { Outcome } from '../../diagnostics/diagnostic.ts';
import { report } from '../../diagnostics/report.ts';

/** What a config file's name can end in. */
export const configExtensions: readonly string[] = ['.ts', '.mts', '.js', '.mjs', '.cjs', '.json'];

/**
 * A config file's text, without a byte order mark. `named` is the file as the user named it, `how` the way in which the
 * command takes such a name.
 */
export async function readSource(file: string, named: string, how?: string): Promise<Outcome<string>> {
  const way = how === undefined ? {} : { how };
  try {
    const stats = await stat(file);
    if (stats.isDirectory()) {
      const candidates = (await findCandidates(file, '')).map((name) => join(named, name));
      return [
        undefined,
        [report('load/not-a-file', [], { file: named, kind: 'a folder', candidates, ...way })],
      ];
    }
    if (!stats.isFile()) {
      return [
        undefined,
        [report('load/not-a-file', [], { file: named, kind: 'a device', candidates: [], ...way })],
      ];
    }
    return [new TextDecoder('utf-8', { fatal: true }).decode(await readFile(file)), []];
  } catch (error) {
    if (errorCode(error) === 'ENOENT') {
      const names = await findCandidates(dirname(file), basename(file));
      const candidates = names.map((name) => join(dirname(named), name));
      return [undefined, [report('load/not-found', [], { file: named, candidates, ...way })]];
    }
    return [undefined, [report('load/unreadable', [], { file: named, reason: reasonOf(error) })]];
  }
}

/** Files of a folder that are, or nearly are, what was asked for: any `platform.config.*`, or a similar name. */
async function findCandidates(folder: string, wanted: string): Promise<string[]> {
  const names = await readdir(folder).catch(() => []);
  return names
    .filter((name) => configExtensions.includes(extname(name)))
    .filter((name) => basename(name, extname(name)) === 'platform.config' || distance(name, wanted) <= 3)
    .sort();
}

/** Why a file could not be read. */
export function reasonOf(error: unknown): string {
  const code = errorCode(error);
  if (code === 'ERR_ENCODING_INVALID_ENCODED_DATA') return 'it is not UTF-8 text';
  const reasons: Readonly<Record<string, string>> = {
    ENOENT: 'there is no such file',
    EACCES: 'permission denied',
    EPERM: 'permission denied',
    ELOOP: 'its symbolic links lead in a circle',
    ENOTDIR: 'a part of its path is not a folder',
    ENAMETOOLONG: 'its path is too long',
    ERR_INVALID_ARG_VALUE: 'its path contains a NUL character',
  };
  return reasons[code] ?? `the system says ${code}`;
}

function errorCode(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'nothing more';
}
