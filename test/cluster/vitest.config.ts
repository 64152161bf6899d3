import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

/** A real control plane takes minutes to build once and a minute to start: `npm run test:cluster`. */
export default defineConfig({
  resolve: { alias: { fjord: fileURLToPath(new URL('../../src/index.ts', import.meta.url)) } },
  test: {
    include: ['test/cluster/*.cluster.ts'],
    // Each file has the machine, and its measures, for itself.
    fileParallelism: false,
    testTimeout: 5 * 60_000,
    hookTimeout: 10 * 60_000,
  },
});
