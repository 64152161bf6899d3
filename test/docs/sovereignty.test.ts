import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { compileConfig } from '../../src/compile.ts';
import { load } from '../../src/config/load/load.ts';
import { platformWith } from '../platform/edit.ts';

it('the sovereignty of docs/sovereignty.md lets its flows through, and each of its entries is needed', async () => {
  const page = readFileSync(new URL('../../docs/sovereignty.md', import.meta.url), 'utf8');
  const folder = mkdtempSync(join(tmpdir(), 'fjord-docs-'));
  try {
    const file = join(folder, 'platform.config.js');
    writeFileSync(file, `export default { ${/```ts\n([\s\S]*?)```/.exec(page)?.[1] ?? ''} }`);
    const [loaded, problems] = await load(file);
    expect(problems).toEqual([]);
    const config = platformWith({
      ...(loaded?.value as object),
      nodes: { 'oslo-1': { provider: 'coolvds', country: 'NO' } },
      openfaas: { licence: 'personal', startCheck: 'accepted' },
      gateway: { tls: { email: 'team@example.no' } },
      functions: {
        pay: { image: 'registry.example.no/pay:1', env: { ACQUIRER: 'https://api.acquirer.example' } },
      },
    });
    const codes = compileConfig(config, 'x').diagnostics.map(({ code }) => code);
    expect(codes.filter((code) => /flow|exception|country|owner/.test(code))).toEqual([]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
