import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, openSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { temporaryDirectory } from '../artifacts/tree.ts';

const main = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url));
const node = [process.execPath, '--import', import.meta.resolve('tsx'), main];

interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the real command, in a directory with one config file. */
function fjord(config: string, ...argv: string[]): Promise<Ended & { cwd: string }> {
  const cwd = temporaryDirectory();
  writeFileSync(join(cwd, 'platform.config.mjs'), config);
  const [command = '', ...args] = node;
  return new Promise((settle) => {
    execFile(command, [...args, ...argv], { cwd }, (error, stdout, stderr) => {
      settle({ code: error ? Number(error.code) : 0, stdout, stderr, cwd });
    });
  });
}

describe('a config that misbehaves:', { timeout: 60_000 }, () => {
  test.each([
    ['ends the process', 'process.exit(0)'],
    ['never settles', 'await new Promise(() => {})'],
  ])('%s: not a success', async (_, line) => {
    const { code, stdout, stderr, cwd } = await fjord(`${line}; export default {}`, 'synth', '--json');
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(
      /^fjord: the config ended the process before it was compiled; nothing was written\n$/,
    );
    expect(readdirSync(cwd)).toEqual(['platform.config.mjs']);
  });

  test('prints: goes to standard error, and the JSON stays valid', async () => {
    const noise = "console.log('noise 1'); process.stdout.write('noise 2\\n');";
    const { code, stdout, stderr } = await fjord(`${noise} export default {}`, 'synth', '--json');
    expect([code, stderr]).toEqual([1, 'noise 1\nnoise 2\n']);
    expect(JSON.parse(stdout)).toMatchObject({ ok: false, config: 'platform.config.mjs' });
  });

  test('leaves a timer running: the command still ends', async () => {
    const { code, stderr } = await fjord('setInterval(() => {}, 1000); export default {}', 'synth');
    expect(code).toBe(1);
    expect(stderr).toContain('Nothing in dist was changed, because of the errors above.');
  });

  test('throws later, asynchronously: the error is printed without a stack', async () => {
    const late =
      "setTimeout(() => { throw new Error('late') }, 0); await new Promise((r) => setTimeout(r, 5000));";
    const { code, stderr } = await fjord(`${late} export default {}`, 'synth');
    expect([code, stderr]).toEqual([
      3,
      'fjord: an error outside the compile, in something that the config or Fjord started: late\nSet FJORD_DEBUG=1 to see where.\n',
    ]);
  });
});

test('a missing config is a diagnostic', { timeout: 60_000 }, async () => {
  const { code, stdout, stderr } = await fjord('', 'synth', '--config', 'nowhere.ts');
  expect([code, stdout]).toEqual([1, '']);
  expect(stderr).toContain('error[load/');
  expect(stderr).not.toContain('    at ');
});

test('a reader that closes the pipe early is not a failure', { timeout: 60_000 }, async () => {
  const quoted = node.map((word) => `'${word}'`).join(' ');
  const child = spawn('sh', ['-c', `{ ${quoted} --help; echo "code $?" >&2; } | true`], {
    stdio: ['ignore', 'inherit', 'pipe'],
  });
  let stderr = '';
  child.stderr.on('data', (chunk) => {
    stderr += chunk;
  });
  await once(child, 'close');
  expect(stderr).toBe('code 0\n');
});

test('an interrupt ends it at once and without output', { timeout: 60_000 }, async () => {
  const cwd = temporaryDirectory();
  const sign = join(cwd, 'began');
  const config = `import { writeFileSync } from 'node:fs'; writeFileSync(${JSON.stringify(sign)}, ''); for (;;);`;
  writeFileSync(join(cwd, 'platform.config.mjs'), config);
  const [command = '', ...args] = node;
  const child = spawn(command, [...args, 'synth'], { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
  let words = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk) => {
      words += chunk;
    });
  }
  while (!existsSync(sign)) await wait(20);
  child.kill('SIGINT');
  const [code, signal] = await once(child, 'close');
  expect([code, signal, words]).toEqual([null, 'SIGINT', '']);
});

test.each([
  ['the list of codes', ['explain']],
  ['help', ['--help']],
  ['diagnostics for programs', ['synth', '--json']],
])('%s on a full disk: exit code 1 and a message', { timeout: 60_000 }, async (_, argv) => {
  const config = "export default { domain: 'functions.example.no' }";
  const cwd = temporaryDirectory();
  writeFileSync(join(cwd, 'platform.config.mjs'), config);
  const full = openSync('/dev/full', 'w');
  const [command = '', ...args] = node;
  const child = spawn(command, [...args, ...argv], { cwd, stdio: ['ignore', full, 'pipe'] });
  let stderr = '';
  child.stderr?.on('data', (piece) => {
    stderr += piece;
  });
  const [code] = await once(child, 'close');
  expect(code).toBe(1);
  expect(stderr).toMatch(/^fjord: the output could not be written: ENOSPC/m);
});
