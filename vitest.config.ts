import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  resolve: { alias: { fjord: fileURLToPath(new URL('./src/index.ts', import.meta.url)) } },
  test: {
    // Compiling takes a moment, and machines that test are busy.
    testTimeout: 60_000,
    include: ['test/**/*.test.ts'],
    setupFiles: ['./test/one-seed.ts'],
    reporters: ['default', './test/conformance/left-out-reporter.ts'],
  },
});
