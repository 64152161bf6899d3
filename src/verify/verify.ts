import { type Diagnostic, hasErrors } from '../diagnostics/diagnostic.ts';
import type { Remember } from './read/cache.ts';
import { readDist } from './read/dist.ts';
import { rules } from './rules/index.ts';

/**
 * Checks a `dist/` by its bytes alone: reads every file back, holds it against its schema, then holds the files
 * against each other. Needs no config, so it judges any `dist/` on disk as well as a new one.
 *
 * @param texts every file, by its path below `dist/`
 * @param remember keeps what was read, for who verifies many
 */
export function verify(texts: ReadonlyMap<string, string>, remember?: Remember): readonly Diagnostic[] {
  const [dist, diagnostics] = readDist(texts, remember);
  if (dist === undefined || hasErrors(diagnostics)) return diagnostics;
  return [...diagnostics, ...rules.flatMap(({ check }) => check(dist))];
}
