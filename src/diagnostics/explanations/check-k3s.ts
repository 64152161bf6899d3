import type { checkK3sCodes } from '../codes/check-k3s.ts';
import type { Explanations } from './explanation.ts';

export const checkK3sExplanations: Explanations<keyof typeof checkK3sCodes> = {
  'check/k3s-key': {
    meaning:
      'K3s does not refuse keys that it does not know. So Fjord checks every setting that reaches it, under one name each.',
    example: { config: { k3s: "{ disable: ['traefik'] }" } },
  },
  'check/token-in-config': {
    meaning:
      'Anyone with the token of a server is cluster-admin. A platform of one node needs no token at all.',
    example: { config: { k3s: "{ token: 'secret' }" } },
  },
};
