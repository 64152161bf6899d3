import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { configExtensions } from '../config/load/read-source.ts';

/**
 * The config file of a directory, absolute: the first of `platform.config.ts`, `.mts`, `.js`, `.mjs`, `.cjs` and `.json`
 * that is there. When none is, the first name all the same: loading it says what is missing.
 */
export function findConfig(directory: string): string {
  const candidates = configExtensions.map((extension) => join(directory, `platform.config${extension}`));
  return candidates.find((file) => existsSync(file)) ?? join(directory, 'platform.config.ts');
}
