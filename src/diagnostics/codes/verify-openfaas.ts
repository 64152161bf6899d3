import { define } from '../definition.ts';
import { compileAgain } from './verify.ts';

export const verifyOpenfaasCodes = {
  'verify/chart-not-locked': define<{ found: string; listed: string }>({
    severity: 'error',
    fact: ({ found, listed }) => `the manifests install ${found}, but platform.lock.json lists ${listed}`,
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
      `platform.lock.json says that the ${listed} creates the Secret ${secret}, but the ${found} does`,
    hint: compileAgain,
  }),
};
