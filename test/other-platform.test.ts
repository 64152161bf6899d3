import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { compile } from '../src/compile.ts';
import type { CompileOptions } from '../src/compile-result.ts';
import { put, temporaryDirectory } from './artifacts/tree.ts';
import { platformWith } from './platform/edit.ts';

/** Compiles the platform of a stage into `dist/production`. */
function compileStage(root: string, name: string, options: Partial<CompileOptions> = {}) {
  put(root, { 'platform.config.json': JSON.stringify(platformWith({ name })) });
  return compile({
    configFile: join(root, 'platform.config.json'),
    outDir: join(root, 'dist', 'production'),
    mode: 'write',
    strict: false,
    cwd: root,
    ...options,
  });
}

const codes = ({ diagnostics }: Awaited<ReturnType<typeof compile>>) =>
  diagnostics.filter(({ severity }) => severity === 'error').map(({ code, path }) => [code, path]);

it('an output directory of another platform is refused, compared or written, unless it is meant', async () => {
  const root = temporaryDirectory();
  const lock = () => readFileSync(join(root, 'dist/production/platform.lock.json'), 'utf8');
  expect((await compileStage(root, 'production')).ok).toBe(true);
  const before = lock();

  for (const options of [{}, { mode: 'check' }, { replaces: 'elsewhere' }] as const) {
    const refused = await compileStage(root, 'staging', options);
    expect([refused.ok, codes(refused)]).toEqual([false, [['write/other-platform', []]]]);
    expect([refused.differences, refused.written]).toEqual([[], undefined]);
    expect(lock()).toBe(before);
  }
  const meant = await compileStage(root, 'staging', { replaces: 'production' });
  expect(meant.ok).toBe(true);
  expect(lock()).toContain('"platform": "staging"');
  // Meant once: the directory is the other's now.
  expect(codes(await compileStage(root, 'production'))).toEqual([['write/other-platform', []]]);
});

it.each(['{', '{"platform": 7}', '{"platform": "x; reboot"}', '[]'])(
  "a lock file that names no platform stands in nobody's way: %s",
  async (lock) => {
    const root = temporaryDirectory();
    put(root, { 'dist/production/platform.lock.json': lock });
    expect(codes(await compileStage(root, 'staging'))).not.toContainEqual(['write/other-platform', []]);
  },
);
