import { define } from '../definition.ts';
import { quote } from '../quote.ts';

type Key = { readonly key: string; readonly instead: string };

/** Keys of K3s' own configuration and of its installers. */
export const checkK3sCodes = {
  'check/k3s-key': define<Key>({
    severity: 'error',
    fact: ({ key }) => `${quote(key)} is a key of K3s itself, not of this config`,
    hint: ({ instead }) => instead,
  }),
  'check/token-in-config': define<Key>({
    severity: 'error',
    fact: ({ key }) =>
      `${quote(key)} would put a token of the cluster into this file, into dist/ and so into Git`,
    hint: ({ instead }) => instead,
  }),
};
