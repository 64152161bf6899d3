import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { compileConfig } from '../src/compile.ts';
import { cases } from '../test/cases/index.ts';
import { snapshotFolder } from '../test/snapshot-files.ts';

// Writes test/snapshots/ anew from test/cases/. The tests only ever compare.
rmSync(snapshotFolder, { recursive: true, force: true });
for (const [name, config] of Object.entries(cases)) {
  const { artifacts, diagnostics } = compileConfig(config, 'platform.config.ts');
  for (const { code, severity, path, message } of diagnostics) {
    console.log(`${name}: ${severity}[${code}] ${path.join('.')}: ${message}`);
    if (severity === 'error') process.exitCode = 1;
  }
  for (const { path, text } of artifacts) {
    const file = join(snapshotFolder, name, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
}
