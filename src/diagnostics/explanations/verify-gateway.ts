import type { verifyGatewayCodes } from '../codes/verify-gateway.ts';
import type { Explanations } from './explanation.ts';

export const verifyGatewayExplanations: Explanations<keyof typeof verifyGatewayCodes> = {
  'verify/guards-differ': {
    meaning: 'Who may not come in by one door would come in by another.',
    example: {
      config: {
        functions:
          "{ pay: { image: 'ghcr.io/acme/pay:1', http: { auth: { passwordFile: '/etc/fjord/pay' } } } }",
      },
      dist: { path: 'nginx/openfaas.conf', from: 'auth_basic_user_file /etc/fjord/pay;', to: '' },
    },
  },
};
