import { define } from '../definition.ts';

const compileAgain = () =>
  'run fjord synth again; if it says this right after, it is a fault of Fjord: please report it';

export const verifyOpenfaasCodes = {
  'verify/chart-not-locked': define<{ found: string; listed: string }>({
    severity: 'error',
    fact: ({ found, listed }) => `the manifests install ${found}, and platform.lock.json lists ${listed}`,
    hint: compileAgain,
  }),
  'verify/chart-unsafe': define<{ value: string; must: string }>({
    severity: 'error',
    fact: ({ value, must }) => `the value ${value} of OpenFaaS' chart must be ${must}`,
    hint: compileAgain,
  }),
  'verify/secret-made-by-other': define<{ secret: string; listed: string; found: string }>({
    severity: 'error',
    fact: ({ secret, listed, found }) =>
      `platform.lock.json says that the Secret ${secret} is made by the ${listed}, and it is by the ${found}`,
    hint: compileAgain,
  }),
};
