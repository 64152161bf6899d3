import { chmodSync, linkSync, mkdirSync, readdirSync, statSync, symlinkSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { writeArtifacts } from '../../../src/artifacts/write/write.ts';
import { bare, lockOf, mark, marked } from '../sample-artifacts.ts';
import { put, readTree, temporaryDirectory } from '../tree.ts';

const codes = (diagnostics: readonly { code: string }[]): string[] => diagnostics.map(({ code }) => code);

test('a new directory is created with everything in it, and nothing is left beside it', async () => {
  const root = temporaryDirectory();
  const [summary, problems] = await writeArtifacts(join(root, 'a/dist'), [
    marked('nginx/openfaas.conf', 'x\n'),
    bare('b', 'æ\n'),
  ]);
  expect(problems).toEqual([]);
  expect(summary).toEqual({
    created: ['b', 'nginx/openfaas.conf'],
    changed: [],
    unchanged: [],
    removed: [],
    recovered: false,
  });
  expect(readTree(join(root, 'a'))).toEqual({
    'dist/': '/',
    'dist/b': 'æ\n',
    'dist/nginx/': '/',
    'dist/nginx/openfaas.conf': `${mark}x\n`,
  });
});

test('an up-to-date directory is not touched at all', async () => {
  const out = join(temporaryDirectory(), 'dist');
  const artifacts = [marked('a', '1\n'), marked('b/c', '2\n')];
  await writeArtifacts(out, artifacts);
  const before = [out, join(out, 'a'), join(out, 'b/c')].map((path) => statSync(path));
  const [summary] = await writeArtifacts(out, artifacts);
  expect(summary?.unchanged).toEqual(['a', 'b/c']);
  const after = [out, join(out, 'a'), join(out, 'b/c')].map((path) => statSync(path));
  expect(after.map(({ ino, ctimeMs }) => [ino, ctimeMs])).toEqual(
    before.map(({ ino, ctimeMs }) => [ino, ctimeMs]),
  );
});

test('an unchanged file stays the same file with the same time when others change', async () => {
  const out = join(temporaryDirectory(), 'dist');
  await writeArtifacts(out, [marked('a', '1\n'), marked('d/b', '1\n')]);
  utimesSync(join(out, 'd/b'), 1000, 1000.5);
  const before = statSync(join(out, 'd/b'));
  const [summary] = await writeArtifacts(out, [marked('a', '2\n'), marked('d/b', '1\n')]);
  expect(summary).toMatchObject({ created: [], changed: ['a'], unchanged: ['d/b'] });
  const after = statSync(join(out, 'd/b'));
  expect([after.ino, after.mtimeMs, after.nlink]).toEqual([before.ino, before.mtimeMs, 1]);
});

test('a script is executable', async () => {
  const out = join(temporaryDirectory(), 'dist');
  await writeArtifacts(out, [{ ...bare('apply.sh', '#!/bin/sh\n'), kind: 'script' }, bare('b', '1\n')]);
  expect(['apply.sh', 'b'].map((path) => statSync(join(out, path)).mode & 0o100)).toEqual([0o100, 0]);
});

test('modes that someone set are kept', async () => {
  const out = join(temporaryDirectory(), 'dist');
  await writeArtifacts(out, [marked('d/run.sh', '1\n')]);
  chmodSync(join(out, 'd/run.sh'), 0o755);
  chmodSync(join(out, 'd'), 0o750);
  chmodSync(out, 0o2755);
  await writeArtifacts(out, [marked('d/run.sh', '2\n')]);
  const modes = ['d/run.sh', 'd', ''].map((path) => statSync(join(out, path)).mode & 0o7777);
  expect(modes).toEqual([0o755, 0o750, 0o2755]);
});

test('files that are not ours stay as they are, links and empty directories too', async () => {
  const root = temporaryDirectory();
  const out = join(root, 'dist');
  const artifacts = [marked('cloud-init/oslo-1.yaml', '1\n'), marked('old/gone', '1\n')];
  await writeArtifacts(out, artifacts);
  put(out, { 'README.md': 'mine\n', 'cloud-init/notes/n.txt': 'mine\n', 'old/kept': 'mine\n' });
  mkdirSync(join(out, 'empty/deep'), { recursive: true });
  utimesSync(join(out, 'empty'), 5, 5);
  put(root, { outside: 'outside\n' });
  symlinkSync('../outside', join(out, 'link'));
  symlinkSync('/nowhere', join(out, 'cloud-init/dangling'));
  linkSync(join(root, 'outside'), join(out, 'hard'));
  const before = statSync(join(out, 'README.md'));

  const [summary, problems] = await writeArtifacts(out, [marked('cloud-init/oslo-1.yaml', '2\n')]);
  expect(problems).toEqual([]);
  expect(summary).toMatchObject({ changed: ['cloud-init/oslo-1.yaml'], removed: ['old/gone'] });
  expect(readTree(out)).toEqual({
    'README.md': 'mine\n',
    'cloud-init/': '/',
    'cloud-init/dangling': '-> /nowhere',
    'cloud-init/notes/': '/',
    'cloud-init/notes/n.txt': 'mine\n',
    'cloud-init/oslo-1.yaml': `${mark}2\n`,
    'empty/': '/',
    'empty/deep/': '/',
    hard: 'outside\n',
    link: '-> ../outside',
    'old/': '/',
    'old/kept': 'mine\n',
  });
  const after = statSync(join(out, 'README.md'));
  expect([after.ino, after.mtimeMs]).toEqual([before.ino, before.mtimeMs]);
  expect(statSync(join(out, 'empty')).mtimeMs).toBe(5000);
  expect(readdirSync(root).sort()).toEqual(['dist', 'outside']);
});

test('our files that are no longer emitted are removed, with directories that become empty', async () => {
  const out = join(temporaryDirectory(), 'dist');
  const before = [bare('deep/er/dashboard.json', '{}\n'), marked('deep/a', '1\n'), marked('keep', '1\n')];
  await writeArtifacts(out, [...before, lockOf(before)]);
  const after = [marked('keep', '1\n')];
  const [summary] = await writeArtifacts(out, [...after, lockOf(after)]);
  expect(summary?.removed).toEqual(['deep/a', 'deep/er/dashboard.json']);
  expect(Object.keys(readTree(out))).toEqual(['keep', 'platform.lock.json']);
});

test('an edited file without a marker is kept once it is no longer emitted', async () => {
  const out = join(temporaryDirectory(), 'dist');
  const before = [bare('dashboard.json', '{}\n')];
  await writeArtifacts(out, [...before, lockOf(before)]);
  put(out, { 'dashboard.json': '{"mine":1}\n' });
  expect((await writeArtifacts(out, [...before, lockOf(before)]))[0]?.changed).toEqual(['dashboard.json']);
  put(out, { 'dashboard.json': '{"mine":1}\n' });
  const [summary] = await writeArtifacts(out, [marked('a', '1\n'), lockOf([])]);
  expect(summary?.removed).toEqual([]);
  expect(readTree(out)['dashboard.json']).toBe('{"mine":1}\n');
});

test('a directory of ours may become a file, and a file a directory', async () => {
  const out = join(temporaryDirectory(), 'dist');
  await writeArtifacts(out, [marked('a/b', '1\n'), marked('c', '1\n')]);
  const [summary, problems] = await writeArtifacts(out, [marked('a', '2\n'), marked('c/d', '2\n')]);
  expect(problems).toEqual([]);
  expect(summary).toMatchObject({ changed: ['a'], created: ['c/d'], removed: ['a/b', 'c'] });
  expect(readTree(out)).toEqual({ a: `${mark}2\n`, 'c/': '/', 'c/d': `${mark}2\n` });
});

test('every foreign file that is in the way is reported, and nothing changes', async () => {
  const root = temporaryDirectory();
  const out = join(root, 'dist');
  put(out, { 'stack.yaml': 'mine\n', nginx: 'mine\n', 'theirs/x/y': 'mine\n' });
  put(out, { 'mixed/ours': `${mark}1\n`, 'mixed/x': 'mine\n' });
  mkdirSync(join(out, 'empty'));
  symlinkSync('stack.yaml', join(out, 'link'));
  const before = readTree(root);
  const paths = ['stack.yaml', 'nginx/openfaas.conf', 'theirs', 'mixed', 'empty', 'link', 'fine'];
  const [summary, problems] = await writeArtifacts(
    out,
    paths.map((path) => marked(path, '1\n')),
    { cwd: root },
  );
  expect(summary).toBeUndefined();
  expect(problems.map(({ code, message }) => [code, /'(.*?)'/.exec(message)?.[1]])).toEqual([
    ['write/foreign-file', 'dist/empty'],
    ['write/foreign-file', 'dist/link'],
    ['write/foreign-file', 'dist/mixed/x'],
    ['write/foreign-file', 'dist/nginx'],
    ['write/foreign-file', 'dist/stack.yaml'],
    ['write/foreign-file', 'dist/theirs'],
  ]);
  expect(readTree(root)).toEqual(before);
});

test('a link in place of one of our directories or files is never written through', async () => {
  const root = temporaryDirectory();
  const out = join(root, 'dist');
  put(root, { 'etc/passwd': `${mark}root\n` });
  await writeArtifacts(out, [marked('a', '1\n')]);
  symlinkSync('../etc', join(out, 'nginx'));
  symlinkSync('../etc/passwd', join(out, 'passwd'));
  const [, problems] = await writeArtifacts(out, [
    marked('nginx/passwd', 'hacked\n'),
    marked('passwd', 'hacked\n'),
  ]);
  expect(codes(problems)).toEqual(['write/foreign-file', 'write/foreign-file']);
  // With nothing to write behind the links they are foreign files that stay.
  const [summary] = await writeArtifacts(out, [marked('b', '1\n')]);
  expect(summary?.removed).toEqual(['a']);
  expect(readTree(root)).toMatchObject({
    'dist/nginx': '-> ../etc',
    'dist/passwd': '-> ../etc/passwd',
    'etc/passwd': `${mark}root\n`,
  });
});

test('a foreign file that already has the right bytes is not in the way', async () => {
  const out = join(temporaryDirectory(), 'dist');
  put(out, { 'a.json': '{}\n' });
  const [summary] = await writeArtifacts(out, [bare('a.json', '{}\n'), marked('b', '1\n')]);
  expect(summary).toMatchObject({ unchanged: ['a.json'], created: ['b'] });
});

test.each([
  ['/etc/passwd'],
  ['../a'],
  ['a/../../b'],
  ['a//b'],
  ['./a'],
  [''],
  ['a\\b'],
  ['a\0b'],
  ['a/.git/config'],
  ['C:x'],
])('an artifact with the path %j is a bug and is thrown', async (path) => {
  const out = join(temporaryDirectory(), 'dist');
  await expect(writeArtifacts(out, [bare(path, 'x\n')])).rejects.toThrow('not a safe relative path');
});

test('artifacts that cannot all be files of one directory are a bug and are thrown', async () => {
  const out = join(temporaryDirectory(), 'dist');
  await expect(writeArtifacts(out, [bare('a', ''), bare('A', '')])).rejects.toThrow('two artifacts');
  await expect(writeArtifacts(out, [bare('a', ''), bare('a/b', '')])).rejects.toThrow('also a directory');
});
