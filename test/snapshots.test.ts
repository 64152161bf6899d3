import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { compileConfig } from '../src/compile.ts';
import { cases } from './cases/index.ts';
import { filesBelow, snapshotFolder } from './snapshot-files.ts';

/** Record with `npm run snapshots:record`, and read the difference before you commit it. */
describe('snapshots', () => {
  it('exist for every case, and for nothing else', () => {
    expect(readdirSync(snapshotFolder).sort()).toEqual(Object.keys(cases).sort());
  });

  it.each(Object.entries(cases))('%s compiles to what was recorded', (name, config) => {
    const { artifacts, diagnostics } = compileConfig(config, 'platform.config.ts');
    expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
    const compiled = Object.fromEntries(artifacts.map(({ path, text }) => [path, text]));
    expect(compiled).toEqual(filesBelow(join(snapshotFolder, name)));
  });
});
