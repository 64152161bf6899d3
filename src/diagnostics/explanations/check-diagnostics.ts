import type { checkDiagnosticsCodes } from '../codes/check-diagnostics.ts';
import type { Explanations } from './explanation.ts';

export const checkDiagnosticsExplanations: Explanations<keyof typeof checkDiagnosticsCodes> = {
  'check/unknown-code': {
    meaning: 'The entry has no effect: the diagnostic that it was meant for is still reported.',
    example: { config: { diagnostics: "{ 'resolve/image-lates': { severity: 'off', reason: 'a trial' } }" } },
  },
  'check/not-adjustable': {
    meaning:
      'An error means that the platform would not work or would not be safe, so the config cannot turn it off.',
    example: {
      config: { diagnostics: "{ 'resolve/scale-to-zero': { severity: 'off', reason: 'a trial' } }" },
    },
  },
};
