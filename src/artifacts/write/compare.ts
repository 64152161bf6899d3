import { join } from 'node:path';
import type { Artifact } from '../artifact.ts';
import type { Difference } from '../difference.ts';
import { type Entry, takeInventory } from '../disk/inventory.ts';
import { readIfPossible } from '../disk/read-if-possible.ts';
import { assertSafePaths } from '../disk/safe-path.ts';
import { describeChange } from './describe-change.ts';
import { makePlan } from './plan.ts';

/**
 * Lists the differences between the files in `outDir` and the artifacts, sorted by path. Empty if `writeArtifacts` would
 * not change anything. Changes nothing itself, and ignores files that are not ours unless one is in an artifact's place.
 */
export function compareArtifacts(outDir: string, artifacts: readonly Artifact[]): Difference[] {
  assertSafePaths(artifacts.map(({ path }) => path));
  const inventory = takeInventory(outDir);
  const plan = makePlan(outDir, inventory, artifacts);
  const texts = new Map(artifacts.map(({ path, text }) => [path, text]));
  const differences = plan.files
    .filter(({ state }) => state !== 'unchanged')
    .map(({ path }) => compareFile(outDir, path, texts.get(path) ?? '', inventory.entries.get(path)));
  const orphans = plan.orphans.map((path): Difference => ({ path, kind: 'orphaned', diff: '' }));
  return [...differences, ...orphans].sort((a, b) => (a.path < b.path ? -1 : 1));
}

const standsThere = {
  directory: 'there is a directory in its place',
  link: 'there is a symbolic link in its place',
  mount: 'there is a mount point in its place',
  other: 'there is something other than a regular file in its place',
  unreadable: 'the file cannot be read',
};

function compareFile(outDir: string, path: string, text: string, entry: Entry | undefined): Difference {
  if (entry === undefined) return { path, kind: 'missing', ...describeChange(Buffer.alloc(0), text) };
  if (entry.kind !== 'file') return { path, kind: 'changed', diff: '', note: standsThere[entry.kind] };
  const bytes = readIfPossible(join(outDir, path));
  return bytes === undefined
    ? { path, kind: 'changed', diff: '', note: standsThere.unreadable }
    : { path, kind: 'changed', ...describeChange(bytes, text) };
}
