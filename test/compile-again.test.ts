import { expect, it } from 'vitest';
import { rememberLast } from '../src/artifacts/remember.ts';
import { compileConfig } from '../src/compile.ts';
import type { PlatformConfig } from '../src/config/platform-config.ts';
import { Findings } from '../src/verify/findings.ts';
import { cases } from './cases/index.ts';

const name = 'platform.config.ts';

it('a process that has compiled other platforms compiles each as one that has not', {
  timeout: 240_000,
}, () => {
  const memory = { remember: rememberLast(10_000), findings: new Findings() };
  const all = Object.values<PlatformConfig>(cases).map(
    (config) => [config, compileConfig(config, name)] as const,
  );
  for (const [config, { artifacts, diagnostics }] of [...all, ...all.toReversed()]) {
    const again = compileConfig(config, name, memory);
    expect(again.artifacts).toEqual(artifacts);
    expect(again.diagnostics).toEqual(diagnostics);
  }
});
