import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));
const read = (path: string) => readFileSync(join(root, path), 'utf8');
const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
const commands = Object.entries(scripts).filter(([name]) => /^(docs|schemas):/.test(name));

describe('a command that makes committed files', () => {
  it('is one of at least six', () => expect(commands.length).toBeGreaterThanOrEqual(6));

  it.each(commands)('%s writes or checks its files in the one way', (name, line) => {
    expect(read(line.replace('tsx ', ''))).toContain(`writeGenerated('${name}', `);
  });

  it.each(commands)('%s is in CONTRIBUTING.md, and checked in CI', (name) => {
    expect(read('CONTRIBUTING.md')).toContain(`| \`npm run ${name}\` |`);
    expect(read('.ci/run')).toContain(`npm run ${name} -- --check\n`);
  });

  // The others take long or need the network, and end in the same call.
  it.each([
    ['docs:exposure', 'docs/exposure.md'],
    ['schemas:nginx', 'schemas/nginx-directives.json'],
  ])('%s finds a stale file with --check, leaves it alone and exits 1', (name, path) => {
    const folder = folderWith(path, `${read(path)}stale\n`);
    const checked = run(name, folder, '--check');
    expect(checked).toMatchObject({ status: 1, stderr: `${path} is out of date: npm run ${name}\n` });
    expect(readFileSync(join(folder, path), 'utf8')).toBe(`${read(path)}stale\n`);
  });

  it('writes what is stale without --check, which then finds nothing', () => {
    const path = 'schemas/nginx-directives.json';
    const folder = folderWith(path, 'stale\n');
    expect(run('schemas:nginx', folder)).toMatchObject({ status: 0, stderr: '' });
    expect(readFileSync(join(folder, path), 'utf8')).toBe(read(path));
    expect(run('schemas:nginx', folder, '--check')).toMatchObject({ status: 0, stderr: '' });
  });

  it('finds with --check that a file is missing', () => {
    const folder = folderWith('README.md', '');
    expect(run('schemas:nginx', folder, '--check')).toMatchObject({ status: 1 });
  });
});

function folderWith(path: string, text: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'fjord-generated-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
  return folder;
}

/** Runs a command as npm does, but on the files of another folder. */
function run(name: string, folder: string, ...args: string[]): { status: number | null; stderr: string } {
  const script = join(root, (scripts[name] ?? '').replace('tsx ', ''));
  return spawnSync(process.execPath, ['--import', import.meta.resolve('tsx'), script, ...args], {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, TSX_TSCONFIG_PATH: join(root, 'tsconfig.json') },
  });
}
