import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { compileConfig } from '../../src/compile.ts';
import { load } from '../../src/config/load/load.ts';

it('the platform of docs/functions.md compiles, and says what its calls and direct give up', async () => {
  const page = readFileSync(new URL('../../docs/functions.md', import.meta.url), 'utf8');
  const folder = mkdtempSync(join(tmpdir(), 'fjord-docs-'));
  try {
    const file = join(folder, 'platform.config.ts');
    writeFileSync(file, /```ts\n([\s\S]*?)```/.exec(page)?.[1] ?? '');
    const [loaded, problems] = await load(file);
    expect(problems).toEqual([]);
    const { diagnostics } = compileConfig(loaded?.value, 'platform.config.ts');
    expect(diagnostics.map(({ code }) => code)).toEqual([
      'resolve/calls-forwarded',
      'resolve/no-backups',
      'resolve/direct-gives-up',
      'verify/user-data-near-limit',
    ]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
