import { createRequire } from 'node:module';
import { join } from 'node:path';
import pc from 'picocolors';
import { expect, it } from 'vitest';
import { check } from '../../../src/config/check/check.ts';
import { load } from '../../../src/config/load/load.ts';
import { place } from '../../../src/config/locate/place.ts';
import { print } from '../../../src/diagnostics/print/print.ts';
import { configFolder } from '../config-folder.ts';

/** What a person sees of a config's load and check. */
async function seen(files: Readonly<Record<string, string>>): Promise<string> {
  const folder = configFolder(files);
  const [loaded, problems] = await load(join(folder, 'platform.config.ts'));
  const all = loaded ? place(loaded, check(loaded.value)) : problems;
  return print(all, { colors: pc.createColors(false), cwd: folder });
}

it('loads the parser of positions only when there is something to report', async () => {
  const isLoaded = (): boolean =>
    Object.keys(createRequire(import.meta.url).cache).some((file) => file.includes('@babel/parser'));
  const good =
    "export default { domain: 'a.example', nodes: { a: {} }, functions: { f: { image: 'a:1' } } };";
  expect(await seen({ 'platform.config.ts': good })).toBe('');
  expect(isLoaded()).toBe(false);
  expect(await seen({ 'platform.config.ts': good.replace('a.example', 'a') })).not.toBe('');
  expect(isLoaded()).toBe(true);
});

it('shows every mistake at its line, in order', async () => {
  const config = `import { definePlatform } from 'fjord';
import { slow } from './functions.ts';

export default definePlatform({
  domain: 'localhost',
  nodes: { 'oslo-1': { arch: 'arm' } },
  functions: {
    pay: { image: 'ghcr.io/acme/pay', timeout: '30' },
    My_Fn: { image: 'ghcr.io/acme/fn:1', ...slow },
    hook: { replicas: { max: 0 } },
  },
  gatway: { connectionLimit: 100 },
});
`;
  const functions = "export const slow = {\n  timeout: '30sec',\n};\n";
  expect(await seen({ 'platform.config.ts': config, 'functions.ts': functions })).toBe(
    `error[check/wrong-unit] functions.My_Fn.timeout: '30sec' is not a length of time
 --> functions.ts:2:12
  |
2 |   timeout: '30sec',
  |            ^^^^^^^
  = did you mean '30s'?

error[check/wrong-form] domain: 'localhost' is not a domain name
 --> platform.config.ts:5:11
  |
5 |   domain: 'localhost',
  |           ^^^^^^^^^^^
  = write a value such as 'functions.example.no'
    A fully qualified domain name: at least two labels, the last one not a number, no final dot

error[check/not-one-of] nodes['oslo-1'].arch: 'arm' is not 'amd64' or 'arm64'
 --> platform.config.ts:6:30
  |
6 |   nodes: { 'oslo-1': { arch: 'arm' } },
  |                              ^^^^^
  = did you mean 'arm64'? It could also be 'amd64'

error[check/wrong-form] functions.pay.image: 'ghcr.io/acme/pay' is not an image with a tag or a digest
 --> platform.config.ts:8:19
  |
8 |     pay: { image: 'ghcr.io/acme/pay', timeout: '30' },
  |                   ^^^^^^^^^^^^^^^^^^
  = write a value such as 'ghcr.io/openfaas/figlet:0.3.0' or 'ghcr.io/acme/pay@sha256:<64 hex digits>'
    A container image with a tag or a digest, so that the same name means the same bytes next month

error[check/wrong-unit] functions.pay.timeout: '30' is not a length of time
 --> platform.config.ts:8:48
  |
8 |     pay: { image: 'ghcr.io/acme/pay', timeout: '30' },
  |                                                ^^^^
  = write a value such as '30s', '5m' or '1h30m'

error[check/wrong-name] functions.My_Fn: 'My_Fn' cannot be a key here: it is not a DNS label
 --> platform.config.ts:9:5
  |
9 |     My_Fn: { image: 'ghcr.io/acme/fn:1', ...slow },
  |     ^^^^^
  = did you mean 'my-fn'?

error[check/missing-key] functions.hook: the key image is missing
  --> platform.config.ts:10:5
   |
10 |     hook: { replicas: { max: 0 } },
   |     ^^^^
   = add it, for example image: 'ghcr.io/openfaas/figlet:0.3.0'

error[check/out-of-range] functions.hook.replicas.max: 0 is out of range: from 1 to 100
  --> platform.config.ts:10:30
   |
10 |     hook: { replicas: { max: 0 } },
   |                              ^
   = write a number from 1 to 100

error[check/unknown-key] gatway: there is no key 'gatway' here
  --> platform.config.ts:12:3
   |
12 |   gatway: { connectionLimit: 100 },
   |   ^^^^^^
   = did you mean gateway?

9 errors
`,
  );
});

it('shows a syntax error in a helper', async () => {
  const files = {
    'platform.config.ts': "import { a } from './lib/a.ts';\nexport default { a };",
    'lib/a.ts': 'export const a = {\n\tb: 1,,\n};',
  };
  expect(await seen(files)).toBe(
    `error[load/syntax-error] the file cannot be parsed: Unexpected token
 --> lib/a.ts:2:7
  |
2 |     b: 1,,
  |          ^
  = correct the syntax here, or just before

1 error
`,
  );
});
