import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { marker } from '../../../src/artifacts/marker.ts';
import { compareArtifacts } from '../../../src/artifacts/write/compare.ts';
import { writeArtifacts } from '../../../src/artifacts/write/write.ts';
import { bare, lockOf, marked } from '../sample-artifacts.ts';
import { put, readTree, temporaryDirectory } from '../tree.ts';

/** A file that each hostile lock below tries to have removed; its listing tells its bytes truthfully. */
const victim = 'precious\n';

test('listed paths outside of the output directory are ignored', async () => {
  const root = temporaryDirectory();
  const out = join(root, 'dist');
  put(root, { victim, 'beside/victim': victim });
  const paths = [
    '../victim',
    'a/../../victim',
    join(root, 'victim'),
    'beside/victim',
    'beside',
    '..',
    '.',
    '',
    '__proto__',
  ];
  put(out, { a: 'foreign\n' });
  symlinkSync('../beside', join(out, 'beside'));
  put(out, { 'platform.lock.json': lockOf(paths.map((path) => bare(path, victim))).text });
  const [summary, problems] = await writeArtifacts(out, [marked('new', '1\n'), lockOf([])]);
  expect(problems).toEqual([]);
  expect(summary).toMatchObject({ created: ['new'], changed: ['platform.lock.json'], removed: [] });
  expect(readTree(root)).toMatchObject({
    victim,
    'beside/victim': victim,
    'dist/a': 'foreign\n',
    'dist/beside': '-> ../beside',
  });
});

test('a listed foreign file is removed only if it has the listed bytes', async () => {
  const out = join(temporaryDirectory(), 'dist');
  put(out, { 'README.md': victim, 'platform.lock.json': lockOf([bare('README.md', 'other\n')]).text });
  await writeArtifacts(out, [marked('new', '1\n')]);
  expect(readTree(out)['README.md']).toBe(victim);
});

test.each([
  ['no JSON', '{'],
  ['a number', '1'],
  ['null', 'null'],
  ['no list', '{"artifacts":{"length":1,"0":{"path":"README.md"}}}'],
  ['holes', '{"artifacts":[null,1,"README.md",[],{"path":7},{"path":"README.md"}]}'],
  ['a prototype', '{"__proto__":{"artifacts":[{"path":"README.md","sha256":"","size":0}]}}'],
  ['nothing', ''],
])('a lock file that is %s lists nothing, and is replaced if it has the marker', async (_, body) => {
  const out = join(temporaryDirectory(), 'dist');
  put(out, { 'README.md': victim, 'platform.lock.json': `// ${marker('platform.config.ts')}\n${body}` });
  const artifacts = [marked('new', '1\n')];
  const [summary] = await writeArtifacts(out, [...artifacts, lockOf(artifacts)]);
  expect(summary).toMatchObject({ changed: ['platform.lock.json'], removed: [] });
  expect(readTree(out)['README.md']).toBe(victim);
});

test('a platform.lock.json that is not ours is in the way', async () => {
  const out = join(temporaryDirectory(), 'dist');
  put(out, { 'platform.lock.json': '{"lockfileVersion":3}\n' });
  const [, problems] = await writeArtifacts(out, [lockOf([])]);
  expect(problems.map(({ code }) => code)).toEqual(['write/foreign-file']);
});

test('a lock file without its marker line is still ours if it describes the files beside it', async () => {
  const out = join(temporaryDirectory(), 'dist');
  const artifacts = [bare('a.json', '{}\n')];
  const lock = lockOf(artifacts);
  await writeArtifacts(out, [...artifacts, lock]);
  const { generated: _, ...rest } = JSON.parse(lock.text);
  put(out, { 'platform.lock.json': JSON.stringify(rest) });
  const [summary] = await writeArtifacts(out, [...artifacts, lock]);
  expect(summary?.changed).toEqual(['platform.lock.json']);
});

test('a directory or a link named platform.lock.json is in the way and not read', async () => {
  const root = temporaryDirectory();
  const out = join(root, 'dist');
  const listed = [bare('README.md', victim)];
  put(root, { 'elsewhere.json': lockOf(listed).text });
  put(out, { 'README.md': victim });
  symlinkSync('../elsewhere.json', join(out, 'platform.lock.json'));
  expect((await writeArtifacts(out, [lockOf([])]))[1][0]?.code).toBe('write/foreign-file');
  expect(compareArtifacts(out, []).map(({ path }) => path)).toEqual([]);
  const other = join(root, 'other');
  mkdirSync(join(other, 'platform.lock.json'), { recursive: true });
  expect((await writeArtifacts(other, [lockOf([])]))[1][0]?.code).toBe('write/foreign-file');
});
