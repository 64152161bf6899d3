import { define } from '../../diagnostics/definition.ts';
import { compileAgain } from '../compile-again.ts';

/** What `verify` reports when it reads a file. */
export const verifyReadDiagnostics = {
  'verify/schema': define<{ pointer: string; message: string }>({
    severity: 'error',
    fact: ({ pointer, message }) => (pointer === '' ? message : `${pointer}: ${message}`),
    hint: compileAgain,
    meaning: 'The program that reads this file would refuse it, or read something other than what was meant.',
    example: { dist: { path: 'stack.yaml', from: 'version:', to: 'versoin:' } },
  }),
};
