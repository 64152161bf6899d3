import type { Code } from '../diagnostics/codes.ts';
import type { CodeExplanation } from './explain-code.ts';

/**
 * The explanation of a code. In the package it was made when that was built, because it is the same for every user; here
 * its example runs.
 */
export async function explanationOf(code: Code): Promise<Omit<CodeExplanation, 'found'>> {
  const { explainCode } = await import('./explain-code.ts');
  return explainCode(code);
}
