import { createRequire } from 'node:module';
import { expect, it } from 'vitest';
import { compileConfig } from '../../src/compile.ts';
import { cases } from '../cases/index.ts';

const { cache } = createRequire(import.meta.url);

// Loading ajv, and compiling one schema with it, takes longer than all other work of a compile.
it.each(Object.entries(cases))('nothing of %s is so wrong that ajv must explain it', (_, config) => {
  const { diagnostics } = compileConfig(config, 'platform.config.ts');
  expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  expect(Object.keys(cache).filter((path) => path.endsWith('/ajv/dist/ajv.js'))).toEqual([]);
});
