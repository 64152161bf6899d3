import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { closest } from 'fastest-levenshtein';
import type { Io } from '../io.ts';

/** A file that only a node has, as the lock file lists it. */
export interface ListedFile {
  readonly path: string;
  readonly permissions: string;
  readonly owner: string;
  readonly use: string;
  readonly line: string | null;
}

/** The options of `fjord user-data` about them. */
export interface OwnFileFlags {
  /** `PATH=LOCAL`: the node's file, and the file here that it is copied from. */
  readonly file?: readonly string[];
  /** A directory that has files at their paths on the node. */
  readonly files?: string;
}

/** The files of a node that were given, and those that were not. */
export interface GivenFiles {
  readonly given: readonly (ListedFile & { readonly content: Buffer })[];
  readonly missing: readonly ListedFile[];
}

/**
 * Reads the files of a node from where the options say, and asks for those of one line. Content is never an argument,
 * because other users can read the command line.
 */
export async function readOwnFiles(
  node: string,
  listed: readonly ListedFile[],
  flags: OwnFileFlags,
  io: Io,
): Promise<GivenFiles | { readonly problem: string }> {
  const sources = new Map<string, string>();
  for (const one of flags.file ?? []) {
    const [, path = '', local = ''] = /^([^=]+)=(.+)$/.exec(one) ?? [];
    if (!listed.some((file) => file.path === path)) return { problem: notListed(node, path || one, listed) };
    sources.set(path, resolve(io.cwd, local));
  }
  if (flags.files !== undefined) {
    const directory = resolve(io.cwd, flags.files);
    if (!existsSync(directory)) return { problem: `there is no directory ${flags.files}` };
    for (const { path } of listed) {
      const local = join(directory, path);
      if (!sources.has(path) && existsSync(local)) sources.set(path, local);
    }
  }
  const given: (ListedFile & { content: Buffer })[] = [];
  const missing: ListedFile[] = [];
  for (const file of listed) {
    const source = sources.get(file.path);
    const content = source === undefined ? await typed(file, io) : contentOf(source);
    if (typeof content === 'string') return { problem: content };
    if (content === undefined) missing.push(file);
    else given.push({ ...file, content });
  }
  return { given, missing };
}

function notListed(node: string, path: string, listed: readonly ListedFile[]): string {
  if (listed.length === 0) return `${node} needs no file of yours, so --file has no place for ${path}`;
  const paths = listed.map((file) => file.path);
  return `${node} has no use for ${path}, only for ${paths.join(', ')}; did you mean ${closest(path, paths)}?`;
}

/** The bytes of a file, or the problem. */
function contentOf(source: string): Buffer | string {
  try {
    const content = readFileSync(source);
    return content.length === 0 ? `${source} is empty` : content;
  } catch (error) {
    return `cannot read ${source}: ${(error as Error).message}`;
  }
}

/** The line that somebody types; undefined if nobody does. */
async function typed({ path, line }: ListedFile, io: Io): Promise<Buffer | undefined> {
  if (line === null || io.askSecret === undefined) return undefined;
  const answer = await io.askSecret(`Type ${path}, ${line} (it is not shown; only Enter leaves it out): `);
  return answer ? Buffer.from(`${answer}\n`) : undefined;
}

/** User-data that writes these files too, before its script runs. */
export function withOwnFiles(userData: string, given: GivenFiles['given']): string {
  const entries = given.map(({ path, permissions, owner, content }) =>
    [
      `  - path: ${JSON.stringify(path)}`,
      `    permissions: ${JSON.stringify(permissions)}`,
      ...(owner === 'root:root' ? [] : [`    owner: ${JSON.stringify(owner)}`]),
      '    encoding: b64',
      `    content: ${content.toString('base64')}\n`,
    ].join('\n'),
  );
  return userData.replace(/^write_files:\n/m, (head) => head + entries.join(''));
}
