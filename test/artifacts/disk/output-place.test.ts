import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { entryLimit } from '../../../src/artifacts/disk/inventory.ts';
import { writeArtifacts } from '../../../src/artifacts/write/write.ts';
import { marked } from '../sample-artifacts.ts';
import { put, readTree, temporaryDirectory } from '../tree.ts';

const artifacts = [marked('a', '1\n')];

test('an output directory that is a file, or a link to anything, is refused', async () => {
  const root = temporaryDirectory();
  put(root, { file: 'mine\n', 'real/x': 'mine\n' });
  symlinkSync('real', join(root, 'link'));
  symlinkSync('nowhere', join(root, 'dangling'));
  const before = readTree(root);
  const found = [];
  for (const name of ['file', 'link', 'dangling']) {
    const [summary, problems] = await writeArtifacts(join(root, name), artifacts, { cwd: root });
    expect(summary).toBeUndefined();
    found.push(...problems.map(({ code, message }) => `${code} ${message}`));
  }
  expect(found).toEqual([
    "write/output-is-file the output directory 'file' is not a directory",
    "write/output-is-link the output directory 'link' is a symbolic link to 'real'",
    "write/output-is-link the output directory 'dangling' is a symbolic link to 'nowhere'",
  ]);
  expect(readTree(root)).toEqual(before);
});

test('a link above the output directory is followed', async () => {
  const root = temporaryDirectory();
  mkdirSync(join(root, 'real'));
  symlinkSync('real', join(root, 'link'));
  await writeArtifacts(join(root, 'link/dist'), artifacts);
  expect(Object.keys(readTree(root))).toContain('real/dist/a');
});

test('a parent that is a file is reported', async () => {
  const root = temporaryDirectory();
  put(root, { file: 'mine\n' });
  const [, problems] = await writeArtifacts(join(root, 'file/dist'), artifacts, { cwd: root });
  expect(problems.map(({ code }) => code)).toEqual(['write/failed']);
});

test('a directory that holds the config file or the current directory is refused, through links too', async () => {
  const root = temporaryDirectory();
  put(root, { 'project/platform.config.ts': '', 'project/dist/deep/x': '' });
  symlinkSync('project', join(root, 'link'));
  const configFile = join(root, 'link/platform.config.ts');
  const refusal = async (out: string, cwd: string): Promise<string | undefined> => {
    return (await writeArtifacts(join(root, out), artifacts, { configFile, cwd: join(root, cwd) }))[1][0]
      ?.message;
  };
  expect(await refusal('project', 'project/dist')).toContain('contains the config file');
  expect(await refusal('', 'project')).toContain('contains the config file');
  expect(await refusal('project/dist', 'link/dist/deep')).toContain('contains the current directory');
  expect(await refusal('project/dist', 'link/dist')).toContain('contains the current directory');
  expect(await refusal('project/distinct', 'project')).toBeUndefined();
  expect(await refusal('project/dist', 'project')).toBeUndefined();
});

test('a home directory, the root and the inside of .git are refused', async () => {
  for (const out of [homedir(), dirname(homedir()), '/']) {
    const [summary, problems] = await writeArtifacts(out, artifacts);
    expect([summary, problems[0]?.code]).toEqual([undefined, 'write/output-not-its-own']);
  }
  const out = join(temporaryDirectory(), '.git/x');
  expect((await writeArtifacts(out, artifacts))[1][0]?.message).toContain('what git keeps');
});

test('a directory with a git repository in it, or with very many files, is refused', async () => {
  const root = temporaryDirectory();
  put(root, { 'dist/vendor/.git/config': '' });
  const [, problems] = await writeArtifacts(join(root, 'dist'), artifacts, { cwd: root });
  expect(problems.map(({ message }) => message)).toEqual([
    'the output directory \'dist\' contains a git repository ("vendor/.git"), so Fjord cannot replace it as a whole',
  ]);
  const many = join(root, 'many');
  mkdirSync(many);
  for (let index = 0; index <= entryLimit; index += 1) writeFileSync(join(many, String(index)), '');
  const [, refused] = await writeArtifacts(many, artifacts, { cwd: root });
  expect(refused.map(({ message }) => message)).toEqual([
    expect.stringContaining("'many' contains more than 10000 files and directories"),
  ]);
});
