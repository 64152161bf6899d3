import { define } from '../definition.ts';
import { quote } from '../quote.ts';

export const checkDiagnosticsCodes = {
  'check/unknown-code': define<{ readonly code: string; readonly suggestion: string | undefined }>({
    severity: 'error',
    fact: ({ code }) => `there is no diagnostic ${quote(code)}`,
    hint: ({ suggestion }) =>
      suggestion === undefined
        ? 'remove it; fjord explain lists all codes'
        : `did you mean ${quote(suggestion)}?`,
  }),
  'check/not-adjustable': define<{ readonly code: string }>({
    severity: 'error',
    fact: ({ code }) => `${quote(code)} is an error; only warnings and infos can be adjusted`,
    hint: () => 'remove this entry, and correct what the error reports',
  }),
};
