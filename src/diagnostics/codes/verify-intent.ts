import { define } from '../definition.ts';
import { compileAgain } from './verify.ts';

/** What a `dist/` has or does that no config says, or that not this config said. */
export const verifyIntentCodes = {
  'verify/leads-elsewhere': define<{ location: string; target: string }>({
    severity: 'error',
    fact: ({ location, target }) => `${location} leads to ${target}, which is not the function of that name`,
    hint: compileAgain,
  }),
  'verify/not-as-meant': define<{ what: string; meant: string; found: string }>({
    severity: 'error',
    fact: ({ what, meant, found }) => `${what}: the lock file says ${meant}, and the files say ${found}`,
    hint: compileAgain,
  }),
  'verify/object-not-ours': define<{ object: string; problem: string }>({
    severity: 'error',
    fact: ({ object, problem }) => `Fjord makes no such object as ${object}: ${problem}`,
    hint: compileAgain,
  }),
};
