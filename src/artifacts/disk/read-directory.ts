import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import { join } from 'node:path';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { report } from '../../diagnostics/report.ts';
import { showPath } from '../../diagnostics/show-path.ts';
import { type Entry, entryLimit, takeInventory } from './inventory.ts';
import { errorCode } from './read-if-possible.ts';

/** Most bytes of one file. The largest emitted file, a node's script with all manifests, has about a tenth of that. */
const fileLimit = 1024 * 1024;
/** Most bytes of all files together. */
const totalLimit = 32 * fileLimit;

/**
 * Reads every file below an untrusted directory. It follows no links, reads only regular UTF-8 files of a sensible
 * size, and reports everything that it did not read.
 *
 * @returns the texts by path below the directory, sorted
 */
export function readDirectory(
  directory: string,
  cwd: string,
): readonly [ReadonlyMap<string, string>, readonly Diagnostic[]] {
  const texts = new Map<string, string>();
  const diagnostics: Diagnostic[] = [];
  const { entries, complete } = takeInventory(directory);
  const shown = showPath(directory, cwd);
  if (entries.size === 0) return [texts, [report('verify/no-directory', [], { directory: shown })]];
  if (!complete) {
    const what = `holds more than ${entryLimit} files and directories`;
    return [texts, [report('verify/too-much', [], { directory: shown, what })]];
  }
  let total = 0;
  for (const entry of entries.values()) {
    if (entry.kind === 'directory') continue;
    const { path } = entry;
    const [text, reason] = readEntry(directory, entry);
    if (text === undefined) {
      diagnostics.push(report('verify/not-read', [], { path, reason }, { artifact: { path } }));
      continue;
    }
    total += text.length;
    if (total > totalLimit) {
      const what = `holds more than ${totalLimit} bytes`;
      return [new Map(), [report('verify/too-much', [], { directory: shown, what })]];
    }
    texts.set(path, text);
  }
  return [texts, diagnostics];
}

const kinds: Readonly<Record<Exclude<Entry['kind'], 'file' | 'directory'>, string>> = {
  link: 'it is a symbolic link',
  mount: 'another filesystem is mounted there',
  other: 'it is not a regular file',
  unreadable: 'it cannot be read',
};

function readEntry(
  directory: string,
  { path, kind }: Entry,
): readonly [text: string | undefined, reason: string] {
  if (kind !== 'file' && kind !== 'directory') return [undefined, kinds[kind]];
  try {
    const bytes = readBytes(join(directory, path));
    if (bytes === undefined) return [undefined, `it has more than ${fileLimit} bytes`];
    return [new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes), ''];
  } catch (error) {
    if (error instanceof TypeError) return [undefined, 'it is not UTF-8'];
    const code = errorCode(error);
    if (code === undefined) throw error;
    return [undefined, code];
  }
}

/** Undefined above the limit. A file that has just become a link or a pipe is not followed or waited for. */
function readBytes(file: string): Uint8Array | undefined {
  const descriptor = openSync(file, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  try {
    if (!fstatSync(descriptor).isFile()) return undefined;
    const buffer = new Uint8Array(fileLimit + 1);
    let length = 0;
    for (;;) {
      const read = readSync(descriptor, buffer, length, buffer.length - length, null);
      length += read;
      if (length > fileLimit) return undefined;
      if (read === 0) return buffer.subarray(0, length);
    }
  } finally {
    closeSync(descriptor);
  }
}
