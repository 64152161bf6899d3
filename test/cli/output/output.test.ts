import { expect, test } from 'vitest';
import type { Difference } from '../../../src/artifacts/difference.ts';
import { report } from '../../../src/diagnostics/report.ts';
import type { Rollout } from '../../../src/rollout/rollout.ts';
import { bare } from '../../artifacts/sample-artifacts.ts';
import { run } from '../fake-io.ts';

const artifacts = [
  bare('stack.yaml', 'æ\n'),
  bare('cloud-init/oslo-1.yaml', 'x'.repeat(12_345)),
  bare('platform.lock.json', 'x'.repeat(1000)),
];
const budgets = [{ artifact: 'cloud-init/oslo-1.yaml', used: 12_345, limit: 16_384, provider: 'coolvds' }];

test('the summary: sizes in a column, the share of the limit, what changed', async () => {
  const written = {
    created: ['stack.yaml'],
    changed: ['platform.lock.json'],
    unchanged: ['cloud-init/oslo-1.yaml'],
    removed: ['nginx/old\u001b.conf'],
    recovered: false,
  };
  const { code, stdout, stderr } = await run(['synth'], { artifacts, budgets, written });
  expect([code, stderr]).toEqual([0, '']);
  expect(stdout).toBe(
    [
      '  cloud-init/oslo-1.yaml   12,345 bytes   76% of 16,384 (coolvds)',
      '  platform.lock.json        1,000 bytes',
      '  stack.yaml                    3 bytes',
      '  removed nginx/old\\x1b.conf',
      '',
      '✓ dist: 3 files, 1 new, 1 changed, 1 unchanged, 1 removed',
      '',
    ].join('\n'),
  );
});

test('the summary of a run without changes, and of one that recovered', async () => {
  const unchanged = artifacts.map(({ path }) => path);
  const nothing = { created: [], changed: [], unchanged, removed: [], recovered: false };
  expect((await run(['synth'], { artifacts, written: nothing })).stdout).toMatch(
    /\n✓ dist: 3 files, nothing changed\n$/,
  );
  const { stdout } = await run(['synth', '--out', '/a/b'], {
    artifacts,
    written: { ...nothing, recovered: true },
  });
  expect(stdout).toMatch(/^An earlier run was killed while it replaced \.\.\/a\/b, so /);
});

const rollout: Rollout = [
  { way: 'new-cluster', node: undefined, what: ['cluster-cidr 10.42.0.0/16 → 10.52.0.0/16'] },
  { way: 'apply', node: 'oslo-1', what: ['writes /etc/nginx/conf.d/openfaas.conf', 'reloads nginx'] },
  { way: 'make', node: 'oslo-10', what: ['cloud-init/oslo-10.yaml'] },
];

test('the steps for running machines are printed before the last line, also with --check', async () => {
  const written = { created: [], changed: ['stack.yaml'], unchanged: [], removed: [], recovered: false };
  const said = [
    'What running machines need:',
    '  cluster  must be created again: cluster-cidr 10.42.0.0/16 → 10.52.0.0/16',
    '  oslo-1   run its apply.sh: writes /etc/nginx/conf.d/openfaas.conf; reloads nginx',
    '  oslo-10  is new: paste cloud-init/oslo-10.yaml',
    '',
    '',
  ].join('\n');
  expect((await run(['synth'], { artifacts, written, rollout })).stdout).toContain(
    `\n\n${said.trimEnd()}\n\n✓`,
  );
  const checked = await run(['synth', '--check'], { ok: false, artifacts, differences, rollout });
  expect(checked.stdout).toContain(`run fjord synth\n\n${said.trimEnd()}\n`);
  const unknown = await run(['synth'], { artifacts, written, rollout: 'unknown' });
  expect(unknown.stdout).toContain(
    'The previous dist cannot be read, so Fjord does not know what running machines need.',
  );
});

const differences: readonly Difference[] = [
  { path: 'nginx/a.conf', kind: 'changed', diff: '@@ -1,2 +1,2 @@\n \ta\n-b\u001b]0;x\u0007\n+c\n', line: 2 },
  { path: 'old', kind: 'orphaned', diff: '' },
  { path: 'stack.yaml', kind: 'missing', diff: '@@ -0,0 +1,1 @@\n+x\n', line: 1, note: 'n' },
];

test('--check shows each difference with its lines, safe for a terminal, and what to do', async () => {
  const { code, stdout, stderr } = await run(['synth', '--check'], { ok: false, artifacts, differences });
  expect([code, stderr]).toEqual([1, '']);
  expect(stdout).toBe(
    [
      'dist/nginx/a.conf:2 differs (- on disk, + compiled)',
      '@@ -1,2 +1,2 @@',
      ' \ta',
      '-b\\x1b]0;x\\x07',
      '+c',
      '',
      'dist/old is no longer emitted',
      '',
      'dist/stack.yaml is missing: n',
      '@@ -0,0 +1,1 @@',
      '+x',
      '',
      '3 files in dist are out of date: run fjord synth',
      '',
    ].join('\n'),
  );
});

test('--check reports that nothing differs, and shows the beginning of a long difference', async () => {
  expect((await run(['synth', '--check'], { artifacts })).stdout).toBe('✓ dist is up to date: 3 files\n');
  const diff = `@@ -0,0 +1,500 @@\n${'+x\n'.repeat(500)}`;
  const { stdout } = await run(['synth', '--check'], {
    ok: false,
    artifacts,
    differences: [{ path: 'a', kind: 'missing', diff, line: 1 }],
  });
  expect(stdout.split('\n').filter((line) => line === '+x')).toHaveLength(99);
  expect(stdout).toContain('… 401 more lines; --json shows them all');
});

test('--json is one document with everything, whatever happened', async () => {
  const location = { file: '/nowhere/sub/c.ts', line: 3, column: 5, length: 1, text: 'x', exact: true };
  const diagnostics = [
    { ...report('write/output-is-file', ['nodes', 'oslo-1', 0], { out: 'dist' }), location },
    report('write/busy', [], { out: 'o', owner: 'p', claim: 'c' }, { artifact: { path: 'a', line: 2 } }),
  ];
  const { code, stdout, stderr } = await run(['synth', '--json'], {
    ok: false,
    diagnostics,
    artifacts,
    budgets,
  });
  expect([code, stderr]).toEqual([1, '']);
  expect(JSON.parse(stdout)).toEqual({
    ok: false,
    mode: 'write',
    config: 'platform.config.ts',
    out: 'dist',
    diagnostics: [
      {
        code: 'write/output-is-file',
        severity: 'error',
        path: ['nodes', 'oslo-1', 0],
        message: "the output directory 'dist' is not a directory",
        hint: diagnostics[0]?.hint,
        file: 'sub/c.ts',
        line: 3,
        column: 5,
      },
      {
        code: 'write/busy',
        severity: 'error',
        path: [],
        message: "another run of Fjord (p) is writing 'o'",
        hint: diagnostics[1]?.hint,
        artifact: { path: 'a', line: 2 },
      },
    ],
    artifacts: [
      {
        path: 'cloud-init/oslo-1.yaml',
        kind: 'text',
        size: 12_345,
        sha256: expect.any(String),
        changed: null,
      },
      { path: 'platform.lock.json', kind: 'text', size: 1000, sha256: expect.any(String), changed: null },
      {
        path: 'stack.yaml',
        kind: 'text',
        size: 3,
        sha256: 'ca06e3655d34c0aa69a5410488557b80bef47810ebdf58f5eed7b68dc1f0afd9',
        changed: null,
      },
    ],
    removed: [],
    rollout: [],
    silenced: [],
    differences: [],
    budgets,
  });
});

test('--json lists the changed artifacts, when writing and when checking', async () => {
  const changes = (stdout: string): [string, boolean][] =>
    JSON.parse(stdout).artifacts.map(({ path, changed }: { path: string; changed: boolean }) => [
      path,
      changed,
    ]);
  const written = {
    created: ['platform.lock.json'],
    changed: ['stack.yaml'],
    unchanged: ['cloud-init/oslo-1.yaml'],
    removed: ['old'],
    recovered: false,
  };
  const wrote = await run(['synth', '--json'], { artifacts, written });
  expect(changes(wrote.stdout)).toEqual([
    ['cloud-init/oslo-1.yaml', false],
    ['platform.lock.json', true],
    ['stack.yaml', true],
  ]);
  expect(JSON.parse(wrote.stdout).removed).toEqual(['old']);
  const checked = await run(['synth', '--json', '--check'], { ok: false, artifacts, differences });
  expect(changes(checked.stdout).map(([, changed]) => changed)).toEqual([false, false, true]);
  expect(JSON.parse(checked.stdout).differences).toEqual(differences);
  const same = await run(['synth', '--json', '--check'], { artifacts });
  expect(changes(same.stdout).map(([, changed]) => changed)).toEqual([false, false, false]);
});
