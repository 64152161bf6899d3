import type { checkDiagnosticsCodes } from '../codes/check-diagnostics.ts';
import type { Explanations } from './explanation.ts';

export const checkDiagnosticsExplanations: Explanations<keyof typeof checkDiagnosticsCodes> = {
  'check/unknown-code': {
    meaning: 'What is turned off by a wrong name is still told, and nobody knows why.',
    example: { config: { diagnostics: "{ 'resolve/image-lates': { severity: 'off', reason: 'a trial' } }" } },
  },
  'check/not-adjustable': {
    meaning: 'The platform would not work, or not be safe, whatever the config says of it.',
    example: {
      config: { diagnostics: "{ 'resolve/scale-to-zero': { severity: 'off', reason: 'a trial' } }" },
    },
  },
};
