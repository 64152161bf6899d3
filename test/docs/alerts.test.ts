import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { compileConfig } from '../../src/compile.ts';
import { load } from '../../src/config/load/load.ts';
import { platformWith } from '../platform/edit.ts';

it('the alerts of docs/alerts.md have nothing to report, and its limits are the defaults', async () => {
  const page = readFileSync(new URL('../../docs/alerts.md', import.meta.url), 'utf8');
  const folder = mkdtempSync(join(tmpdir(), 'fjord-docs-'));
  try {
    const file = join(folder, 'platform.config.js');
    writeFileSync(file, `export default { ${/```ts\n([\s\S]*?)```/.exec(page)?.[1] ?? ''} }`);
    const [loaded, problems] = await load(file);
    expect(problems).toEqual([]);
    const alerts = platformWith(loaded?.value as object);
    const { artifacts, diagnostics } = compileConfig(alerts, 'platform.config.ts');
    expect(diagnostics.filter(({ path }) => path[0] === 'alerts')).toEqual([]);
    const limits = JSON.parse(artifacts.find(({ kind }) => kind === 'lock')?.text ?? '') as {
      intent: { alerts: { limits: Record<string, number> } };
    };
    const shown = Object.fromEntries(
      [...page.matchAll(/`limits\.(\w+)`:[^0-9]*(\d+)/g)].map(([, name, value]) => [name, Number(value)]),
    );
    expect(shown).toEqual(limits.intent.alerts.limits);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
