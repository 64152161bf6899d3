import type { Reporter, TestModule } from 'vitest/node';

/** How the one test of a suite that was left out begins; the rest names the tool and what to install. */
export const needs = 'needs ';

/** Says once, at the end of a run, which suites were left out because this machine lacks a tool. */
export default class LeftOutReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const lines = new Set<string>();
    for (const module of modules) {
      for (const test of module.children.allTests('skipped')) {
        if (test.name.startsWith(needs)) lines.add(`left out: ${test.name.slice(needs.length)}`);
      }
    }
    for (const line of [...lines].sort()) process.stdout.write(`${line}\n`);
  }
}
