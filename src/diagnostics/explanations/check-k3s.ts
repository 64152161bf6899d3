import type { checkK3sCodes } from '../codes/check-k3s.ts';
import type { Explanations } from './explanation.ts';

export const checkK3sExplanations: Explanations<keyof typeof checkK3sCodes> = {
  'check/k3s-key': {
    meaning:
      'K3s says nothing about keys that it does not know, so all that reaches it is checked here, and has one name.',
    example: { config: { k3s: "{ disable: ['traefik'] }" } },
  },
  'check/token-in-config': {
    meaning: 'Whoever has the token of a server is cluster-admin. A platform of one node needs none at all.',
    example: { config: { k3s: "{ token: 'secret' }" } },
  },
};
