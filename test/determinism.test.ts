import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import reference from '../platform.config.ts';
import { filesBelow } from './snapshot-files.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'fjord-determinism-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Compiles a config file in a process of its own and gives one hash for all that it wrote. */
function compiledHash(config: string, cwd: string, env: Record<string, string>): string {
  const out = mkdtempSync(join(folder, 'out-'));
  const tsx = join(root, 'node_modules/tsx/dist/cli.mjs');
  execFileSync(
    process.execPath,
    [tsx, join(root, 'src/cli/main.ts'), 'synth', '--config', config, '--out', join(out, 'dist')],
    { cwd, env: { PATH: process.env.PATH ?? '', ...env }, stdio: 'pipe' },
  );
  return createHash('sha256')
    .update(JSON.stringify(filesBelow(out)))
    .digest('hex');
}

/** The same value with the keys of every record the other way round. */
function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, part]) => [key, reversed(part)]),
  );
}

describe('the same config gives the same bytes', () => {
  const here = join(folder, 'here/platform.config.ts');
  mkdirSync(join(folder, 'here'));
  copyFileSync(join(root, 'platform.config.ts'), here);
  const turned = join(folder, 'turned/platform.config.ts');
  mkdirSync(join(folder, 'turned'));
  writeFileSync(turned, `export default ${JSON.stringify(reversed(reference))};`);

  const first = compiledHash(join(root, 'platform.config.ts'), root, { HOME: folder });

  const surroundings: [string, string, string, Record<string, string>][] = [
    ['in another folder', here, '/', {}],
    ['in another time zone', here, folder, { TZ: 'Pacific/Kiritimati' }],
    ['in another language', here, folder, { LANG: 'tr_TR.UTF-8', LC_ALL: 'tr_TR.UTF-8' }],
    ['for another user', here, folder, { HOME: '/nonexistent', USER: 'someone' }],
    [
      'with variables that cdk8s reads',
      here,
      folder,
      {
        CDK8S_OUTDIR: 'elsewhere',
        CDK8S_OUTPUT_FILE_EXTENSION: '.json',
        CDK8S_RECORD_CONSTRUCT_METADATA: 'true',
        CDK8S_DISABLE_SORT: 'true',
      },
    ],
    ['with its keys in another order', turned, folder, {}],
  ];
  it.each(surroundings)('%s', { timeout: 60_000 }, (_, config, cwd, env) => {
    expect(compiledHash(config, cwd, env)).toBe(first);
  });
});
