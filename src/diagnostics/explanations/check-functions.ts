import type { checkFunctionsCodes } from '../codes/check-functions.ts';
import type { Explanations } from './explanation.ts';

const pay = (settings: string) => ({
  config: { functions: `{ pay: { image: 'ghcr.io/acme/pay:1', ${settings} } }` },
});

export const checkFunctionsExplanations: Explanations<keyof typeof checkFunctionsCodes> = {
  'check/pro-only-key': {
    meaning: 'The community edition would accept the setting and ignore it.',
    example: pay("constraints: ['gpu=true']"),
  },
  'check/public-images-only': {
    meaning: 'The community edition refuses the function, whatever password it is given for the registry.',
    example: pay("imagePullSecrets: ['registry']"),
  },
};
