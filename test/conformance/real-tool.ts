import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { needs } from './left-out-reporter.ts';
import { toolsDirectory } from './tools-directory.ts';

/** Debian keeps daemons out of an ordinary user's PATH. */
const besidesPath = ['/usr/sbin', '/sbin', '/usr/local/sbin'];

/** Where a program is, or `undefined` when this machine does not have it. */
export function realTool(name: string): string | undefined {
  const installed = join(toolsDirectory(), 'bin');
  const directories = [installed, ...(process.env.PATH ?? '').split(delimiter), ...besidesPath];
  return directories
    .filter((directory) => directory !== '')
    .map((directory) => join(directory, name))
    .find(isExecutable);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/**
 * A `describe` that needs a real tool and gets its path. Where the tool is missing the suite is left out, which
 * `LeftOutReporter` says once at the end of the run; with `FJORD_REQUIRE_TOOLS=1` it fails instead.
 */
export function describeWithTool(tool: string, title: string, body: (path: string) => void): void {
  const path = realTool(tool);
  const required = process.env.FJORD_REQUIRE_TOOLS === '1';
  describe.skipIf(path === undefined && !required)(title, () => {
    if (path !== undefined) return body(path);
    test(`${needs}${tool}: ${title} (install ${tool})`, () => {
      expect.fail(`${tool} is not installed, and FJORD_REQUIRE_TOOLS=1 asks for it`);
    });
  });
}
