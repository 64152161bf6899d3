import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Artifact } from '../../../src/artifacts/artifact.ts';
import type { Difference } from '../../../src/artifacts/difference.ts';
import { compareArtifacts } from '../../../src/artifacts/write/compare.ts';
import { writeArtifacts } from '../../../src/artifacts/write/write.ts';
import { bare, lockOf, mark, marked } from '../sample-artifacts.ts';
import { put, readTree, temporaryDirectory } from '../tree.ts';

const files = [
  marked('nginx/openfaas.conf', 'server {\n\n  listen 443 ssl;\n  listen 443 ssl;\n}\n'),
  bare('cloud-init/oslo-1.yaml', `#cloud-config\n${mark}write_files:\n  - content: "x"\n`),
  bare('one-line', 'the only line\n'),
  bare('empty', ''),
];
const artifacts: readonly Artifact[] = [...files, lockOf(files)];

async function written(): Promise<string> {
  const out = join(temporaryDirectory(), 'dist');
  await writeArtifacts(out, artifacts);
  return out;
}

test('nothing differs right after writing, whatever other files exist', async () => {
  const out = await written();
  put(out, { 'README.md': 'mine\n' });
  symlinkSync('/nowhere', join(out, 'link'));
  expect(compareArtifacts(out, artifacts)).toEqual([]);
});

test('any one line deleted from any artifact is shown, at its number', async () => {
  const out = await written();
  for (const { path, text } of artifacts) {
    const lines = text.split('\n').slice(0, -1);
    for (const [index, line] of lines.entries()) {
      writeFileSync(
        join(out, path),
        lines
          .toSpliced(index, 1)
          .map((kept) => `${kept}\n`)
          .join(''),
      );
      const [difference, ...others] = compareArtifacts(out, artifacts);
      expect(others).toEqual([]);
      expect(difference).toMatchObject({ path, kind: 'changed' });
      expect(difference?.diff.split('\n').filter((shown) => /^[+-]/.test(shown))).toEqual([`+${line}`]);
      // Of equal lines in a row, the last is the first that is not as compiled.
      expect(lines[(difference?.line ?? 0) - 1]).toBe(line);
    }
    writeFileSync(join(out, path), text);
  }
  expect(compareArtifacts(out, artifacts)).toEqual([]);
});

test('a changed line is shown as it is on disk and as compiled', async () => {
  const out = await written();
  put(out, { 'nginx/openfaas.conf': `${mark}server {\n\n  listen 443 ssl;\n  listen 80;\n}\n` });
  expect(compareArtifacts(out, artifacts)).toEqual([
    {
      path: 'nginx/openfaas.conf',
      kind: 'changed',
      diff: '@@ -2,5 +2,5 @@\n server {\n \n   listen 443 ssl;\n-  listen 80;\n+  listen 443 ssl;\n }\n',
      line: 5,
    },
  ]);
});

test('a missing file shows its whole content, and a missing directory counts as missing files', async () => {
  const out = await written();
  rmSync(join(out, 'one-line'));
  rmSync(join(out, 'empty'));
  expect(compareArtifacts(out, artifacts)).toEqual([
    { path: 'empty', kind: 'missing', diff: '' },
    { path: 'one-line', kind: 'missing', diff: '@@ -0,0 +1,1 @@\n+the only line\n', line: 1 },
  ]);
  rmSync(out, { recursive: true });
  expect(compareArtifacts(out, artifacts).map(({ path, kind }) => `${kind} ${path}`)).toEqual(
    artifacts.map(({ path }) => `missing ${path}`).sort(),
  );
});

test('only our own files are orphans, and writing removes exactly those', async () => {
  const out = await written();
  put(out, { 'README.md': 'mine\n' });
  const fewer = artifacts.filter(({ path }) => path !== 'one-line' && path !== 'nginx/openfaas.conf');
  expect(compareArtifacts(out, fewer)).toEqual([
    { path: 'nginx/openfaas.conf', kind: 'orphaned', diff: '' },
    { path: 'one-line', kind: 'orphaned', diff: '' },
  ]);
  expect((await writeArtifacts(out, fewer))[0]?.removed).toEqual(['nginx/openfaas.conf', 'one-line']);
});

const onDisk = (bytes: string | Buffer): Promise<Omit<Difference, 'path' | 'kind'>> =>
  written().then((out) => {
    writeFileSync(join(out, 'cloud-init/oslo-1.yaml'), bytes);
    const [{ path: _, kind, ...rest } = { path: '', kind: '' }] = compareArtifacts(out, artifacts);
    expect(kind).toBe('changed');
    return { diff: '', ...rest };
  });

const text = files[1]?.text ?? '';

test('differences that lines do not show are described: line ends, encoding, a missing last line end, a byte order mark', async () => {
  expect(await onDisk(text.replaceAll('\n', '\r\n'))).toEqual({
    diff: '',
    note: 'lines end with CRLF on disk',
  });
  expect(await onDisk(text.replace('write_files:\n', '').replaceAll('\n', '\r\n'))).toMatchObject({
    diff: expect.stringContaining('\n+write_files:\n'),
    line: 3,
    note: 'lines end with CRLF on disk',
  });
  expect(await onDisk(Buffer.from(text.replace('"x"', '"\xff"'), 'latin1'))).toMatchObject({
    diff: expect.stringContaining('-  - content: "\ufffd"\n+  - content: "x"\n'),
    note: 'not UTF-8 on disk',
  });
  expect(await onDisk(`\0${text}`)).toEqual({ diff: '', note: 'binary on disk' });
  expect((await onDisk(text.trimEnd())).diff).toContain('\\ No newline at end of file\n+  - content: "x"\n');
  expect((await onDisk(`\ufeff${text}`)).diff).toContain('-\ufeff#cloud-config\n+#cloud-config\n');
  expect(await onDisk(`${text}more\n`)).toMatchObject({
    diff: expect.stringContaining('\n-more\n'),
    line: 5,
  });
});

test('two long texts that have nothing in common are not compared line by line', async () => {
  const started = performance.now();
  const { diff, note, line } = await onDisk('y\n'.repeat(200_000));
  expect([diff, note, line]).toEqual(['', 'differs in more than 2000 lines', 1]);
  expect(performance.now() - started).toBeLessThan(5000);
});

test('a link, a directory or an unreadable thing in place of an artifact differs, even with the same bytes', async () => {
  const out = await written();
  for (const path of ['one-line', 'empty', 'nginx/openfaas.conf']) rmSync(join(out, path));
  put(out, { '../same': 'the only line\n' });
  symlinkSync('../same', join(out, 'one-line'));
  mkdirSync(join(out, 'empty'));
  rmSync(join(out, 'nginx'), { recursive: true });
  symlinkSync('../elsewhere', join(out, 'nginx'));
  const before = readTree(out);
  expect(compareArtifacts(out, artifacts).map(({ path, kind, note }) => [path, kind, note])).toEqual([
    ['empty', 'changed', 'there is a directory in its place'],
    ['nginx/openfaas.conf', 'missing', undefined],
    ['one-line', 'changed', 'there is a symbolic link in its place'],
  ]);
  expect(readTree(out)).toEqual(before);
});
