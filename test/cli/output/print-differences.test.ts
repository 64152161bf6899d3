import pc from 'picocolors';
import { expect, it } from 'vitest';
import { printDifferences } from '../../../src/cli/output/print-differences.ts';

it('cuts a line of thousands of characters, and shows their number', () => {
  const diff = `@@ -1 +1 @@\n-short\n+${'x'.repeat(15_816)}\n`;
  const difference = { path: 'cloud-init/oslo-1.yaml', kind: 'changed', diff } as const;
  const options = { colors: pc.createColors(false), out: 'dist', config: 'platform.config.ts' };
  const lines = printDifferences([difference], options).split('\n');
  expect(lines[2]).toBe('-short');
  expect(lines[3]).toBe(`+${'x'.repeat(159)}… (15,817 characters)`);
});
