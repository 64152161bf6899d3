import { define } from '../../diagnostics/definition.ts';
import { quote } from '../../diagnostics/quote.ts';

/** What `check` reports about `diagnostics`. */
export const adjustmentDiagnostics = {
  'check/unknown-code': define<{ readonly code: string; readonly suggestion: string | undefined }>({
    severity: 'error',
    fact: ({ code }) => `there is no diagnostic ${quote(code)}`,
    hint: ({ suggestion }) =>
      suggestion === undefined
        ? 'remove it; fjord explain lists all codes'
        : `did you mean ${quote(suggestion)}?`,
    meaning: 'The entry has no effect: the diagnostic that it was meant for is still reported.',
    example: { config: { diagnostics: "{ 'resolve/image-lates': { severity: 'off', reason: 'a trial' } }" } },
  }),
  'check/not-adjustable': define<{ readonly code: string }>({
    severity: 'error',
    fact: ({ code }) => `${quote(code)} is an error; only warnings and infos can be adjusted`,
    hint: () => 'remove this entry, and correct what the error reports',
    meaning:
      'An error means that the platform would not work or would not be safe, so the config cannot turn it off.',
    example: {
      config: { diagnostics: "{ 'resolve/scale-to-zero': { severity: 'off', reason: 'a trial' } }" },
    },
  }),
};
