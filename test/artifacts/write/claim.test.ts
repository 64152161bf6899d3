import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { findOutputPlace, type OutputPlace } from '../../../src/artifacts/disk/output-place.ts';
import { claimOutput } from '../../../src/artifacts/write/claim.ts';
import { writeArtifacts } from '../../../src/artifacts/write/write.ts';
import { mark, marked } from '../sample-artifacts.ts';
import { put, readTree, temporaryDirectory } from '../tree.ts';

function placeIn(root: string): OutputPlace {
  const [place] = findOutputPlace(join(root, 'dist'));
  if (place === undefined) throw new Error('no place');
  return place;
}

test('a second claim is refused until the first is released', async () => {
  const place = placeIn(temporaryDirectory());
  const first = await claimOutput(place);
  expect(await claimOutput(place)).toMatchObject({ owner: `this process, ${process.pid}` });
  if (!('release' in first)) throw new Error('no claim');
  first.release();
  expect(await claimOutput(place)).toHaveProperty('release');
});

test('of two that write at once, one writes and the other reports it; a third is not blocked', async () => {
  const root = temporaryDirectory();
  const out = join(root, 'dist');
  const results = await Promise.all([
    writeArtifacts(out, [marked('a', '1\n'), marked('x', '1\n')], { cwd: root }),
    writeArtifacts(out, [marked('a', '2\n'), marked('y', '2\n')], { cwd: root }),
  ]);
  const codes = results.flatMap(([, problems]) => problems.map(({ code }) => code));
  expect(codes).toEqual(['write/busy']);
  expect(readTree(out)).toEqual({ a: `${mark}1\n`, x: `${mark}1\n` });
  expect(readdirSync(root)).toEqual(['dist']);
  await writeArtifacts(out, [marked('a', '3\n')]);
  expect(readTree(out)).toEqual({ a: `${mark}3\n` });
});

test('the claim of a process counts only while it is alive', async () => {
  const root = temporaryDirectory();
  const out = join(root, 'dist');
  const module = new URL('../../../src/artifacts/', import.meta.url);
  const script = `
    const { claimOutput } = await import('${module}write/claim.ts');
    const { findOutputPlace } = await import('${module}disk/output-place.ts');
    const [place] = findOutputPlace(${JSON.stringify(out)});
    await claimOutput(place);
    process.stdout.write('claimed');
    setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(child.stdout, 'data');
  const [, problems] = await writeArtifacts(out, [marked('a', '1\n')], { cwd: root });
  expect(problems[0]?.message).toBe(`another run of Fjord (process ${child.pid}) is writing 'dist'`);
  expect(problems[0]?.hint).toMatch(/delete '\.dist\.fjord-claim\.\d+\.\d*\.[\w-]+'$/);
  child.kill('SIGKILL');
  await once(child, 'exit');
  await writeArtifacts(out, [marked('a', '1\n')]);
  expect(readdirSync(root)).toEqual(['dist']);
});

test('a process that has the id of a dead one, but started later, does not hold its claim', async () => {
  const root = temporaryDirectory();
  const place = placeIn(root);
  const claim = await claimOutput(place);
  const name = readdirSync(root)[0] ?? '';
  if ('release' in claim) claim.release();
  const [, host] = /-claim\.\d+\.\d*\.(.*)$/.exec(name) ?? [];
  // The parent lives, but did not begin at tick 1.
  put(root, { [`.dist.fjord-claim.${process.ppid}.1.${host}`]: '' });
  const [summary] = await writeArtifacts(place.directory, [marked('a', '1\n')]);
  expect(summary?.created).toEqual(['a']);
  expect(readdirSync(root)).toEqual(['dist']);
});

test('the claim of another machine counts for ten minutes', async () => {
  const root = temporaryDirectory();
  const place = placeIn(root);
  const name = '.dist.fjord-claim.1.1.another-machine';
  put(root, { [name]: '' });
  const [, problems] = await writeArtifacts(place.directory, [marked('a', '1\n')], { cwd: root });
  expect(problems[0]?.message).toContain('(process 1 on another-machine)');
  const then = Date.now() / 1000 - 601;
  utimesSync(join(root, name), then, then);
  expect((await writeArtifacts(place.directory, [marked('a', '1\n')]))[1]).toEqual([]);
  expect(readdirSync(root)).toEqual(['dist']);
});
