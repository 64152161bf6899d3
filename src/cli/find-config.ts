import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { configExtensions } from '../config/load/read-source.ts';

/**
 * Finds the config file of a directory: the first of `platform.config.ts`, `.mts`, `.js`, `.mjs`, `.cjs` and `.json` that
 * exists. If none does, returns the first name, and loading it reports that it is missing. The path is absolute.
 */
export function findConfig(directory: string): string {
  const candidates = configExtensions.map((extension) => join(directory, `platform.config${extension}`));
  return candidates.find((file) => existsSync(file)) ?? join(directory, 'platform.config.ts');
}
