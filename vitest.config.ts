import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

/** They measure times, losses and memory: one at a time, when nothing else runs. */
const alone = [
  'defects',
  'defects-of-operation',
  'floods',
  'leaving-pod',
  'packets',
  'packets-between-nodes',
  'reload',
  'requests',
  'updated-libraries',
  'worker-memory',
].map((name) => `test/gateway/${name}.test.ts`);

/** It needs a process in which nothing has been loaded. */
const fresh = ['test/config/load/front-end.test.ts'];

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
          exclude: [...alone, ...fresh],
          // The compiler is loaded once in a worker, not for each file.
          isolate: false,
          maxWorkers: 2,
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: {
          name: 'alone',
          include: alone,
          isolate: false,
          maxWorkers: 1,
          sequence: { groupOrder: 1 },
        },
      },
      {
        extends: true,
        test: { name: 'fresh', include: fresh, maxWorkers: 1, sequence: { groupOrder: 2 } },
      },
    ],
  },
});
