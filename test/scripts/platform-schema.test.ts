import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

test('schemas/platform.schema.json is what the types in src/config say', () => {
  const root = fileURLToPath(new URL('../..', import.meta.url));
  const script = ['--import', 'tsx', 'scripts/platform-schema.ts', '--check'];
  const { status, stderr } = spawnSync(process.execPath, script, { cwd: root, encoding: 'utf8' });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
});
