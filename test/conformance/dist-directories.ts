import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { parse } from 'yaml';
import { filesBelow, snapshotFolder } from '../snapshot-files.ts';

/** One compiled platform on disk, to be judged. */
export interface DistDirectory {
  /** `dist`, or the name of a snapshot. */
  readonly name: string;
  readonly path: string;
}

/** A file that user-data puts on a node, decoded as cloud-init does. */
export interface WrittenFile {
  readonly path: string;
  readonly permissions: string;
  readonly content: string;
}

/** The committed `dist/` and every snapshot. */
export function distDirectories(): DistDirectory[] {
  const committed = { name: 'dist', path: join(import.meta.dirname, '../../dist') };
  const snapshots = readdirSync(snapshotFolder).map((name) => ({ name, path: join(snapshotFolder, name) }));
  return [committed, ...snapshots].filter(({ path }) => existsSync(path));
}

/** The user-data of a platform, by node, as paths of files. */
export function userDataFiles(dist: DistDirectory): Record<string, string> {
  const paths = Object.keys(filesBelow(dist.path)).filter((path) => path.startsWith('cloud-init/'));
  return Object.fromEntries(
    paths.map((path) => [path.slice('cloud-init/'.length, -'.yaml'.length), join(dist.path, path)]),
  );
}

interface WriteFile {
  readonly path: string;
  readonly permissions: string;
  readonly encoding?: string;
  readonly content: string;
}

/** What the user-data in `file` writes. */
export function writtenFiles(file: string): WrittenFile[] {
  const { write_files } = parse(readFileSync(file, 'utf8'), { version: '1.1' }) as {
    write_files: WriteFile[];
  };
  return write_files.map(({ path, permissions, encoding, content }) => ({
    path,
    permissions,
    content: encoding === 'gz+b64' ? gunzipSync(Buffer.from(content, 'base64')).toString() : content,
  }));
}

/** The shell scripts among a platform's files: those in `dist/` itself and those that its nodes get, by name. */
export function scripts(dist: DistDirectory): Record<string, string> {
  const found: Record<string, string> = {};
  for (const [path, text] of Object.entries(filesBelow(dist.path))) if (isScript(text)) found[path] = text;
  for (const [node, file] of Object.entries(userDataFiles(dist))) {
    for (const { path, content } of writtenFiles(file))
      if (isScript(content)) found[`${node}:${path}`] = content;
  }
  return found;
}

function isScript(text: string): boolean {
  return /^#!\s*\/\S*\b(bash|sh)\b/.test(text);
}
