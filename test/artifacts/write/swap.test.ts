import { cpSync, mkdirSync, readdirSync, renameSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { takeInventory } from '../../../src/artifacts/disk/inventory.ts';
import { findOutputPlace, type OutputPlace } from '../../../src/artifacts/disk/output-place.ts';
import { findLeftover, recover, removePrevious } from '../../../src/artifacts/write/swap.ts';
import { writeArtifacts } from '../../../src/artifacts/write/write.ts';
import { marked } from '../sample-artifacts.ts';
import { put, readTree, temporaryDirectory } from '../tree.ts';

const old = [marked('a', 'old\n'), marked('d/b', 'old\n')];
const fresh = [marked('a', 'new\n'), marked('d/b', 'new\n')];

/** A written directory with one foreign file in it, and what stands beside it in the middle of a swap. */
async function setUp(): Promise<{ root: string; out: string; place: OutputPlace }> {
  const root = temporaryDirectory();
  const out = join(root, 'dist');
  await writeArtifacts(out, old);
  put(out, { foreign: 'mine\n' });
  const [place] = findOutputPlace(out);
  if (place === undefined) throw new Error('no place');
  return { root, out, place };
}

test('killed while staging: the unfinished tree is removed', async () => {
  const { root, out, place } = await setUp();
  const before = readTree(out);
  put(place.staged, { a: 'half' });
  expect(findLeftover(place)).toBe('rubbish');
  recover(place);
  expect(readTree(out)).toEqual(before);
  expect(readdirSync(root)).toEqual(['dist']);
});

test('killed between the renames: the old tree is restored, and the next run reports it', async () => {
  const { root, out, place } = await setUp();
  const before = readTree(out);
  cpSync(out, place.staged, { recursive: true });
  renameSync(out, place.previous);
  expect(recover(place)).toBe('half-swapped');
  expect(readTree(out)).toEqual(before);

  cpSync(out, place.staged, { recursive: true });
  renameSync(out, place.previous);
  const [summary] = await writeArtifacts(out, fresh);
  expect(summary).toMatchObject({ changed: ['a', 'd/b'], recovered: true });
  expect(readTree(out)).toMatchObject({ foreign: 'mine\n' });
  expect(readdirSync(root)).toEqual(['dist']);
});

test('killed between the renames, then compiled to the same output: the old tree is restored unchanged', async () => {
  const { out, place } = await setUp();
  const inode = statSync(out).ino;
  mkdirSync(place.staged);
  renameSync(out, place.previous);
  const [summary] = await writeArtifacts(out, old);
  expect(summary).toMatchObject({ unchanged: ['a', 'd/b'], recovered: true });
  expect(statSync(out).ino).toBe(inode);
});

test('killed while removing the old tree: the rest of it is removed', async () => {
  const { root, out, place } = await setUp();
  put(place.previous, { 'd/b': 'rest' });
  symlinkSync(out, join(place.previous, 'link'));
  await writeArtifacts(out, fresh);
  expect(readdirSync(root)).toEqual(['dist']);
  expect(readTree(out)).toMatchObject({ foreign: 'mine\n' });
});

test('killed between the renames, and recreated by someone else: nothing is deleted', async () => {
  const { root, out, place } = await setUp();
  cpSync(out, place.staged, { recursive: true });
  renameSync(out, place.previous);
  put(out, { a: 'from git\n' });
  const before = readTree(root);
  const [, problems] = await writeArtifacts(out, fresh, { cwd: root });
  expect(problems.map(({ code, hint }) => [code, hint])).toEqual([
    [
      'write/interrupted',
      "copy what you need from the old directory, '.dist.fjord-previous', then delete it and '.dist.fjord-staged'",
    ],
  ]);
  expect(readTree(root)).toEqual(before);
});

test('files that someone saves while the new tree is staged are kept', async () => {
  const { out, place } = await setUp();
  const before = takeInventory(out);
  cpSync(out, place.staged, { recursive: true });
  put(out, { 'late/file': 'late\n', a: 'late\n' });
  rmSync(join(out, 'foreign'));
  put(out, { filler: 'takes the inode\n', foreign: 'saved anew\n' });
  renameSync(out, place.previous);
  renameSync(place.staged, out);
  removePrevious(place, before, new Set(['a', 'd/b']));
  expect(readTree(out)).toMatchObject({ foreign: 'saved anew\n', 'late/file': 'late\n', a: old[0]?.text });
  expect(findLeftover(place)).toBe('none');
});
