import { describe, expect, test } from 'vitest';
import { needs } from '../conformance/left-out-reporter.ts';
import { realTool } from '../conformance/real-tool.ts';

const standard = ['unshare', 'nsenter', 'ip', 'nginx', 'openssl', 'curl'];

/**
 * A `describe` that runs nginx on a node of its own, which needs root and these tools. What is missing leaves it out
 * with a notice; with `FJORD_REQUIRE_TOOLS=1` it fails instead.
 */
export function describeGateway(title: string, body: () => void, ...besides: string[]): void {
  const missing = [...standard, ...besides].filter((tool) => realTool(tool) === undefined);
  if (process.getuid?.() !== 0) missing.unshift('root');
  const required = process.env.FJORD_REQUIRE_TOOLS === '1';
  describe.skipIf(missing.length > 0 && !required)(title, () => {
    if (missing.length === 0) return body();
    test(`${needs}${missing.join(', ')}: ${title}`, () => {
      expect.fail(`${missing.join(', ')} missing, and FJORD_REQUIRE_TOOLS=1 asks for it`);
    });
  });
}
