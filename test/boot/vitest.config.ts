import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

/** Boots are tests of their own: `npm run test:boot`. Two machines run at a time, since each uses about one core. */
export default defineConfig({
  resolve: { alias: { fjord: fileURLToPath(new URL('../../src/index.ts', import.meta.url)) } },
  test: {
    include: ['test/boot/**/*.boot.ts'],
    maxConcurrency: 2,
    testTimeout: 15 * 60_000,
    hookTimeout: 15 * 60_000,
  },
});
