import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

/** Boots are tests of their own: `npm run test:boot`, and `npm run test:boot:kubernetes` of one that takes longer. */
export default defineConfig({
  resolve: { alias: { fjord: fileURLToPath(new URL('../../src/index.ts', import.meta.url)) } },
  test: {
    globalSetup: 'test/boot/global-setup.ts',
    include: ['test/boot/{index,kubernetes}.boot.ts'],
    // All wait for their boots at once; `bootSoon` says how many machines run.
    maxConcurrency: 100,
    testTimeout: 40 * 60_000,
    hookTimeout: 40 * 60_000,
  },
});
