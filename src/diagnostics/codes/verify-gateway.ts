import { define } from '../definition.ts';

export const verifyGatewayCodes = {
  'verify/guards-differ': define<{ name: string; place: string; other: string }>({
    severity: 'error',
    fact: ({ name, place, other }) =>
      `the function ${name} is not guarded in nginx's location "${place}" as it is in "${other}"`,
    hint: () =>
      'run fjord synth again; if it says this right after, it is a fault of Fjord: please report it',
  }),
};
