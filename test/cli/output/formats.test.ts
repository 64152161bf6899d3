import { expect, test } from 'vitest';
import type { Diagnostic } from '../../../src/diagnostics/diagnostic.ts';
import { report } from '../../../src/diagnostics/report.ts';
import { run } from '../fake-io.ts';

const params = { value: '30', form: 'a length of time', examples: ['30s'], suggestion: undefined };
const diagnostics: readonly Diagnostic[] = [
  {
    ...report('check/wrong-unit', ['functions', 'pay', 'timeout'], params),
    message: "'30%' is not,\na: length\u001b[31m",
    location: {
      file: '/nowhere/a b,c:d/platform.config.ts',
      line: 9,
      column: 50,
      length: 4,
      text: "    pay: { image: 'x', timeout: '30' },",
      exact: true,
    },
  },
  report(
    'verify/proxy-to-nowhere',
    [],
    { target: 'http://x' },
    { artifact: { path: 'nginx/openfaas.conf', line: 7 } },
  ),
  report(
    'verify/proxy-to-nowhere',
    [],
    { target: 'http://x' },
    { artifact: { path: 'cloud-init/a.yaml#/etc/nginx/conf.d/openfaas.conf', line: 7 } },
  ),
  report('resolve/image-latest', ['functions', 'pay', 'image'], { image: 'x:latest' }),
];
const differences = [{ path: 'stack.yaml', kind: 'changed' as const, diff: '', line: 3 }];

test('--format github: one command per line, escaped, with the place', async () => {
  const { code, stdout, stderr } = await run(['synth', '--format', 'github'], {
    ok: false,
    diagnostics,
    differences,
  });
  expect([code, stderr]).toEqual([1, '']);
  const [wrong, nowhere, carried, latest, difference, end] = stdout.split('\n');
  expect(wrong).toBe(
    "::error file=a b%2Cc%3Ad/platform.config.ts,line=9,endLine=9,col=50,endColumn=54,title=check/wrong-unit::functions.pay.timeout: '30%25' is not,%0Aa: length\\x1b[31m%0Awrite a value such as '30s'",
  );
  expect(nowhere).toContain(
    '::error file=dist/nginx/openfaas.conf,line=7,title=verify/proxy-to-nowhere::nginx',
  );
  expect(carried).toContain('::error file=dist/cloud-init/a.yaml,title=');
  expect(latest).toMatch(/^::warning title=resolve\/image-latest::functions\.pay\.image: /);
  expect(difference).toBe(
    '::error file=dist/stack.yaml,line=3,title=out of date::stack.yaml is out of date (changed)%0Arun fjord synth',
  );
  expect(end).toBe('');
});

test('--format sarif: a log with rules, levels, and regions in UTF-16 columns', async () => {
  const { stdout, stderr } = await run(['synth', '--format', 'sarif'], {
    ok: false,
    diagnostics,
    differences,
  });
  expect(stderr).toBe('');
  const log = JSON.parse(stdout);
  expect(log).toMatchObject({
    version: '2.1.0',
    $schema: expect.stringContaining('sarif-schema-2.1.0.json'),
  });
  const [{ tool, columnKind, results }] = log.runs;
  expect(columnKind).toBe('utf16CodeUnits');
  expect(tool.driver.rules.map(({ id }: { id: string }) => id)).toEqual([
    'check/wrong-unit',
    'resolve/image-latest',
    'verify/proxy-to-nowhere',
  ]);
  expect(results.map(({ level }: { level: string }) => level)).toEqual([
    'error',
    'error',
    'error',
    'warning',
    'error',
  ]);
  for (const result of results.slice(0, 4))
    expect(tool.driver.rules[result.ruleIndex].id).toBe(result.ruleId);
  expect(results[0].locations).toEqual([
    {
      physicalLocation: {
        artifactLocation: { uri: 'a%20b%2Cc%3Ad/platform.config.ts', uriBaseId: '%SRCROOT%' },
        region: {
          startLine: 9,
          startColumn: 50,
          endLine: 9,
          endColumn: 54,
          snippet: { text: "    pay: { image: 'x', timeout: '30' }," },
        },
      },
      logicalLocations: [{ fullyQualifiedName: 'functions.pay.timeout', kind: 'member' }],
    },
  ]);
  expect(results[1].locations[0].physicalLocation).toEqual({
    artifactLocation: { uri: 'dist/nginx/openfaas.conf', uriBaseId: '%SRCROOT%' },
    region: { startLine: 7 },
  });
  expect(results[2].locations[0].physicalLocation).not.toHaveProperty('region');
  expect(results[3]).not.toHaveProperty('locations');
});

test('--format json is --json, and neither can be combined with another format', async () => {
  const json = await run(['synth', '--json'], { diagnostics });
  expect(await run(['synth', '--format', 'json'], { diagnostics })).toEqual(json);
  expect((await run(['synth', '--json', '--format', 'sarif'])).code).toBe(2);
  const { code, stderr } = await run(['synth', '--format', 'xml']);
  expect(code).toBe(2);
  expect(stderr).toContain('Allowed choices are pretty, json, sarif, github');
});
