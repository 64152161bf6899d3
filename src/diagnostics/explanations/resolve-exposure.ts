import type { functionExposureCodes } from '../codes/resolve-exposure.ts';
import type { Explanations } from './explanation.ts';

const pay = (settings: string) => ({
  config: { functions: `{ pay: { image: 'ghcr.io/acme/pay:1', ${settings} } }` },
});

export const functionExposureExplanations: Explanations<keyof typeof functionExposureCodes> = {
  'resolve/closed-and-offered': {
    meaning: 'nginx has no location for a function that is not exposed, so the setting would do nothing.',
    example: pay("expose: false, schedule: '@daily', http: { paths: ['/pay'] }"),
  },
  'resolve/exposure-unsaid': {
    meaning:
      'Most functions that a clock or another function calls are for nobody else. Left open, a stranger could run them at any time; closed without a word, callers outside would be cut off.',
    example: pay("schedule: '0 3 * * *'"),
  },
  'resolve/nobody-calls': {
    meaning: 'It would run, and be paid for, without ever getting a call.',
    example: pay('expose: false'),
  },
};
