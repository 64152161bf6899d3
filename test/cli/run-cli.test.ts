import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { report } from '../../src/diagnostics/report.ts';
import { temporaryDirectory } from '../artifacts/tree.ts';
import { run } from './fake-io.ts';

test('without a command it prints the help to standard error and exits with 2', async () => {
  const { code, stdout, stderr } = await run([]);
  expect([code, stdout]).toEqual([2, '']);
  expect(stderr).toContain('Usage: fjord');
});

test.each([[['--help']], [['synth', '--help']], [['help', 'synth']]])(
  '%j tells the options and the exit codes, and is 0',
  async (argv) => {
    const { code, stdout, stderr } = await run(argv);
    expect([code, stderr]).toEqual([0, '']);
    for (const exitCode of ['0  done', '1  errors', '2  the command line', '3  a bug']) {
      expect(stdout).toContain(exitCode);
    }
  },
);

test('--version is the version of the package', async () => {
  const { code, stdout } = await run(['--version']);
  expect(code).toBe(0);
  expect(stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
});

test.each([
  [['sinth'], "error: unknown command 'sinth'\n(Did you mean synth?)"],
  [['synth', '--chek'], "error: unknown option '--chek'\n(Did you mean --check?)"],
  [['synth', 'platform.config.ts'], "error: too many arguments for 'synth'"],
  [['synth', '--out'], "error: option '--out <directory>' argument missing"],
  [['synth', '--config='], "error: option '--config <file>' argument '' is invalid"],
  [['synth', '--check=yes'], "error: unknown option '--check=yes'"],
])('%j is a wrong command line: it exits with 2 and compiles nothing', async (argv, message) => {
  const { code, stdout, stderr, options } = await run(argv);
  expect([code, stdout, options]).toEqual([2, '', undefined]);
  expect(stderr).toContain(message);
  expect(stderr.trimEnd().split('\n').length).toBeLessThanOrEqual(3);
});

test('the config is looked for in the current directory, in a fixed order, and dist is beside it', async () => {
  const cwd = temporaryDirectory();
  const chosen = async (...argv: string[]): Promise<(string | undefined)[]> => {
    const { options } = await run(['synth', ...argv], {}, { cwd });
    return [options?.configFile.slice(cwd.length + 1), options?.outDir.slice(cwd.length + 1)];
  };
  expect(await chosen()).toEqual(['platform.config.ts', 'dist']);
  const found = [];
  for (const extension of ['json', 'cjs', 'mjs', 'js', 'mts', 'ts']) {
    writeFileSync(join(cwd, `platform.config.${extension}`), '');
    found.push((await chosen())[0]);
  }
  expect(found).toEqual(['json', 'cjs', 'mjs', 'js', 'mts', 'ts'].map((end) => `platform.config.${end}`));
  mkdirSync(join(cwd, 'sub'));
  expect(await chosen('--config', 'sub/x.ts')).toEqual(['sub/x.ts', 'sub/dist']);
  expect(await chosen('--config', 'sub/x.ts', '--out', 'o/p/')).toEqual(['sub/x.ts', 'o/p']);
});

test('the flags reach the compiler', async () => {
  expect((await run(['synth'])).options).toMatchObject({ mode: 'write', strict: false, cwd: '/nowhere' });
  expect((await run(['synth', '--check', '--strict'])).options).toMatchObject({
    mode: 'check',
    strict: true,
  });
});

test('errors are printed to standard error, with exit code 1', async () => {
  const diagnostics = [report('write/output-is-file', [], { out: 'dist' })];
  const { code, stdout, stderr } = await run(['synth'], { ok: false, diagnostics });
  expect([code, stdout]).toEqual([1, '']);
  expect(stderr).toContain("error[write/output-is-file] the output directory 'dist' is not a directory");
  expect(stderr).toContain('1 error\n\nNothing in dist was changed, because of the errors above.\n');
});

test('--strict reports that warnings failed, and --check that nothing was compared', async () => {
  const warning = { ...report('write/output-is-file', [], { out: 'dist' }), severity: 'warning' as const };
  const refused = { ok: false, diagnostics: [warning] };
  expect((await run(['synth', '--strict'], refused)).stderr).toContain(
    'Nothing in dist was changed, because --strict treats warnings as errors.\n',
  );
  expect((await run(['synth', '--check', '--strict'], refused)).stderr).toContain(
    'Nothing was compared, because --strict treats warnings as errors.',
  );
});

test('an exception of the compiler is a bug: exit code 3, with the stack only on request', async () => {
  const bug = new TypeError('x is not\u001b[31m a function');
  const { code, stdout, stderr } = await run(['synth', '--json'], bug);
  expect([code, stdout]).toEqual([3, '']);
  expect(stderr).toBe(
    'fjord: this is a bug in Fjord, not in your config: x is not\\x1b[31m a function\nSet FJORD_DEBUG=1 to see where.\n',
  );
  expect((await run(['synth'], bug, { env: { FJORD_DEBUG: '1' } })).stderr).toContain('\n    at ');
});

const written = { created: [], changed: [], unchanged: [], removed: ['old'], recovered: false };

test.each([
  [true, {}, true],
  [true, { NO_COLOR: '1' }, false],
  [true, { NO_COLOR: '' }, true],
  [true, { TERM: 'dumb' }, false],
  [true, { NO_COLOR: '1', FORCE_COLOR: '1' }, false],
  [true, { FORCE_COLOR: '0' }, false],
  [false, {}, false],
  [false, { CI: '1', TERM: 'xterm' }, false],
  [false, { FORCE_COLOR: '1' }, true],
  [false, { FORCE_COLOR: '' }, true],
])('terminal %s with %j: colours %s', async (terminal, env, colored) => {
  const diagnostics = [report('write/output-is-file', [], { out: 'dist' })];
  const { stdout, stderr } = await run(['synth'], { diagnostics, written }, { terminal, env });
  expect([stdout.includes('\u001b['), stderr.includes('\u001b[')]).toEqual([colored, colored]);
});
