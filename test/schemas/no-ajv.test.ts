import { createRequire } from 'node:module';
import { expect, it } from 'vitest';
import { compileConfig } from '../../src/compile.ts';
import { cases } from '../cases/index.ts';

const { cache, resolve } = createRequire(import.meta.url);
const ajv = resolve('ajv');

// Loading ajv, and compiling one schema with it, takes longer than all other work of a compile.
it.each(Object.entries(cases))('nothing of %s is so wrong that ajv must explain it', (_, config) => {
  // Another file of tests may have loaded it in this process.
  delete cache[ajv];
  const { diagnostics } = compileConfig(config, 'platform.config.ts');
  expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  expect(cache[ajv]).toBeUndefined();
});
