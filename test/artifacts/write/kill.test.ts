import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { findOutputPlace } from '../../../src/artifacts/disk/output-place.ts';
import { recover } from '../../../src/artifacts/write/swap.ts';
import { writeArtifacts } from '../../../src/artifacts/write/write.ts';
import { largeTree } from '../large-tree.ts';
import { put, readTree, temporaryDirectory } from '../tree.ts';

const kills = 20;
const trees = { even: largeTree('even'), odd: largeTree('odd') };
const foreign = { 'README.md': 'mine\n', 'part-1/mine': 'mine\n' };

/** The files that a version of the tree has, with the foreign ones. */
function wholeTree(version: 'even' | 'odd'): Record<string, string> {
  return { ...Object.fromEntries(trees[version].map(({ path, text }) => [path, text])), ...foreign };
}

function versionIn(out: string): 'even' | 'odd' {
  const files = Object.fromEntries(Object.entries(readTree(out)).filter(([path]) => !path.endsWith('/')));
  const version = 'only-even/10.yaml' in files ? 'even' : 'odd';
  expect(files).toEqual(wholeTree(version));
  return version;
}

/** A child that has loaded everything and waits for the word. */
async function startWriter(out: string): Promise<ChildProcess> {
  const script = fileURLToPath(new URL('rewrite-forever.ts', import.meta.url));
  // jiti starts in a third of the time that tsx takes.
  const jiti = fileURLToPath(new URL('jiti-cli.mjs', import.meta.resolve('jiti')));
  const child = fork(jiti, [script, out], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  await once(child, 'message');
  return child;
}

test(`killed ${kills} times at random moments, the directory is always the old one or the new one, whole`, async () => {
  const root = temporaryDirectory();
  const out = join(root, 'dist');
  const started = performance.now();
  await writeArtifacts(out, trees.even);
  let duration = performance.now() - started;
  put(out, foreign);
  const [place] = findOutputPlace(out);
  if (place === undefined) throw new Error('no place');

  const seen = { even: 0, odd: 0, betweenRenames: 0, withLeftovers: 0 };
  let next = startWriter(out);
  for (let kill = 0; kill < kills; kill += 1) {
    const child = await next;
    if (kill + 1 < kills) next = startWriter(out);
    // Beginning with the other version, so that each write that is done can be seen.
    child.send(versionIn(out) === 'even' ? 'odd' : 'even');
    for (let whole = Math.floor(Math.random() * 2); whole > 0; whole -= 1) {
      [duration] = await once(child, 'message');
    }
    await wait(Math.random() * 1.2 * duration);
    expect(child.exitCode).toBeNull();
    child.kill('SIGKILL');
    await once(child, 'exit');

    if (readdirSync(root).length > 1) seen.withLeftovers += 1;
    if (!existsSync(out)) {
      seen.betweenRenames += 1;
      expect(recover(place)).toBe('half-swapped');
    }
    seen[versionIn(out)] += 1;
  }
  console.log(`after ${kills} kills:`, seen);
  // Otherwise the moments were not random, or nothing was being written.
  expect(seen.withLeftovers).toBeGreaterThan(kills / 3);
  expect(Math.min(seen.even, seen.odd)).toBeGreaterThan(0);
  await writeArtifacts(out, trees.odd);
  expect(versionIn(out)).toBe('odd');
  expect(readdirSync(root)).toEqual(['dist']);
}, 120_000);
