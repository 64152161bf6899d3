import { execFileSync } from 'node:child_process';
import { chmodSync, chownSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import type { Artifact } from '../../../src/artifacts/artifact.ts';
import { findOutputPlace } from '../../../src/artifacts/disk/output-place.ts';
import { writeArtifacts } from '../../../src/artifacts/write/write.ts';
import { explainWriteFailure } from '../../../src/artifacts/write/write-failure.ts';
import { marked } from '../sample-artifacts.ts';
import { put, readTree, temporaryDirectory } from '../tree.ts';

const child = fileURLToPath(new URL('write-once.ts', import.meta.url));

/** Writes in a child process without the rights of root, under a shell's limits; gives `code message` of each problem. */
function writeAsNobody(root: string, artifacts: readonly Artifact[], limits = 'true'): string[] {
  const input = JSON.stringify({ out: join(root, 'dist'), cwd: root, artifacts });
  const node = `exec "$0" --import tsx "$1"`;
  const output = execFileSync('sh', ['-c', `${limits}; ${node}`, process.execPath, child], {
    input,
    encoding: 'utf8',
  });
  const [, problems] = JSON.parse(output);
  return problems.map(({ code, message }: { code: string; message: string }) => `${code} ${message}`);
}

/** Gives everything in a directory to the user that the child runs as. */
function giveAway(root: string): void {
  if (process.getuid?.() !== 0) return;
  for (const path of ['', ...Object.keys(readTree(root))]) chownSync(join(root, path), 65534, 65534);
}

const old = [marked('a', 'old\n'), marked('d/b', 'old\n')];
const fresh = [marked('a', 'new\n'), marked('d/b', 'new\n')];

test('a parent or output directory that is not writable, or not readable, is a diagnostic', async () => {
  const root = temporaryDirectory();
  await writeArtifacts(join(root, 'dist'), old);
  put(root, { 'dist/foreign/x': 'mine\n' });
  giveAway(root);
  const before = readTree(root);
  chmodSync(root, 0o555);
  expect(writeAsNobody(root, fresh)).toEqual([
    `write/not-writable '${root}' cannot be read or written (EACCES)`,
  ]);
  // What is up to date needs no right to write.
  expect(writeAsNobody(root, old)).toEqual([]);
  chmodSync(root, 0o755);
  chmodSync(join(root, 'dist/d'), 0o555);
  chmodSync(join(root, 'dist/foreign'), 0o000);
  expect(writeAsNobody(root, fresh)).toEqual([
    "write/not-writable 'dist/d' cannot be read or written (EACCES)",
    "write/not-writable 'dist/foreign' cannot be read or written (unreadable)",
  ]);
  chmodSync(join(root, 'dist/foreign'), 0o755);
  expect(readTree(root)).toEqual(before);
  chmodSync(join(root, 'dist/d'), 0o755);
  expect(writeAsNobody(root, fresh)).toEqual([]);
  expect(readTree(root)).toMatchObject({ 'dist/a': fresh[0]?.text, 'dist/foreign/x': 'mine\n' });
});

test('no space: the old tree stays complete, and nothing is left beside it', async () => {
  const root = temporaryDirectory();
  await writeArtifacts(join(root, 'dist'), old);
  giveAway(root);
  const before = readTree(root);
  const large = [...fresh, marked('large', 'x'.repeat(1_000_000))];
  // The system refuses to let a file grow past 64 KiB (in blocks of 512 bytes, as dash counts, or 1 KiB, as bash does).
  expect(writeAsNobody(root, large, 'ulimit -f 64')).toEqual([
    "write/no-space there is no space to write 'dist' (EFBIG)",
  ]);
  expect(readTree(root)).toEqual(before);
  expect(readdirSync(root)).toEqual(['dist']);
});

test('an error of the system is a diagnostic, any other error is a bug', () => {
  const root = temporaryDirectory();
  const [place] = findOutputPlace(join(root, 'dist'), { cwd: root });
  if (place === undefined) throw new Error('no place');
  const codeFor = (code: string): string | undefined =>
    explainWriteFailure(Object.assign(new Error(code), { code, syscall: 'rename' }), place)?.code;
  expect(['EROFS', 'ENOSPC', 'EDQUOT', 'EBUSY', 'EXDEV', 'EIO'].map((code) => [code, codeFor(code)])).toEqual(
    [
      ['EROFS', 'write/not-writable'],
      ['ENOSPC', 'write/no-space'],
      ['EDQUOT', 'write/no-space'],
      ['EBUSY', 'write/cannot-swap'],
      ['EXDEV', 'write/cannot-swap'],
      ['EIO', 'write/failed'],
    ],
  );
  expect(explainWriteFailure(new TypeError('x is not a function'), place)).toBeUndefined();
});
