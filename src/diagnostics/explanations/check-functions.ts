import type { checkFunctionsCodes } from '../codes/check-functions.ts';
import type { Explanations } from './explanation.ts';

const pay = (settings: string) => ({
  config: { functions: `{ pay: { image: 'ghcr.io/acme/pay:1', ${settings} } }` },
});

export const checkFunctionsExplanations: Explanations<keyof typeof checkFunctionsCodes> = {
  'check/pro-only-key': {
    meaning: 'The edition would take the setting and do nothing with it.',
    example: pay("constraints: ['gpu=true']"),
  },
  'check/public-images-only': {
    meaning: 'The edition refuses the function, whatever password stands beside it.',
    example: pay("imagePullSecrets: ['registry']"),
  },
};
