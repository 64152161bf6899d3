import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

/** They measure times and losses, or need a process in which nothing has been loaded: one at a time, each alone. */
const alone = [
  'test/gateway/**/*.test.ts',
  'test/backups/**/*.test.ts',
  'test/config/load/front-end.test.ts',
];

export default defineConfig({
  resolve: { alias: { fjord: fileURLToPath(new URL('./src/index.ts', import.meta.url)) } },
  test: {
    // Compiling takes a moment, and machines that test are busy.
    testTimeout: 60_000,
    setupFiles: ['./test/one-seed.ts'],
    reporters: ['default', './test/conformance/left-out-reporter.ts'],
    projects: [
      {
        extends: true,
        test: {
          name: 'compiler',
          include: ['test/**/*.test.ts'],
          exclude: alone,
          // The compiler is loaded once in a worker, not for each file.
          isolate: false,
          maxWorkers: 2,
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: { name: 'alone', include: alone, maxWorkers: 1, sequence: { groupOrder: 1 } },
      },
    ],
  },
});
