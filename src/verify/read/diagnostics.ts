import { define } from '../../diagnostics/definition.ts';
import { compileAgain } from '../compile-again.ts';
import { type Unfit, unfitText } from '../unfit.ts';

/** What `verify` reports when it reads a file. */
export const verifyReadDiagnostics = {
  'verify/schema': define<Unfit>({
    severity: 'error',
    fact: unfitText,
    hint: compileAgain,
    meaning: 'The program that reads this file would refuse it, or read something other than what was meant.',
    example: { dist: { path: 'stack.yaml', from: 'version:', to: 'versoin:' } },
  }),
};
