import type { verifyGatewayCodes } from '../codes/verify-gateway.ts';
import type { Explanations } from './explanation.ts';

const path = 'nginx/openfaas.conf';
const nodes = `{
  'oslo-1': { role: 'server', address: '10.0.0.1' },
  'oslo-2': { role: 'agent', address: '10.0.0.2', nginx: true },
}`;

export const verifyGatewayExplanations: Explanations<keyof typeof verifyGatewayCodes> = {
  'verify/challenge-not-passed-on': {
    meaning:
      'A challenge for this node that reaches another node would be lost, so this node would keep its placeholder certificate.',
    example: { config: { nodes }, dist: { path, from: '    server 10.0.0.2:80 max_fails=0;', to: '' } },
  },
  'verify/challenges-in-circles': {
    meaning: 'Each node would ask all of the others again, so a single request would occupy them all.',
    example: {
      config: { nodes },
      dist: { path, from: 'proxy_set_header Host challenges.invalid', to: 'proxy_set_header Host $host' },
    },
  },
  'verify/closed-function-open': {
    meaning: 'Anybody on the internet could run what is meant for a clock or for other functions alone.',
    example: {
      config: {
        functions: "{ report: { image: 'ghcr.io/acme/report:1', schedule: '@daily', expose: false } }",
      },
      dist: {
        path,
        from: '    location = /healthz {',
        to: '    location /function/ {\n        proxy_pass http://openfaas_gateway;\n    }\n    location = /healthz {',
      },
    },
  },
  'verify/guards-differ': {
    meaning: 'A caller that one location refuses could come in through the other.',
    example: {
      config: {
        functions:
          "{ pay: { image: 'ghcr.io/acme/pay:1', http: { auth: { passwordFile: '/etc/fjord/pay' } } } }",
      },
      dist: { path, from: 'auth_basic_user_file /etc/fjord/pay;', to: '' },
    },
  },
  'verify/nginx-not-installed': {
    meaning:
      "The conf is written for one version of nginx, which another version may refuse. A package that is not checked against nginx.org's keys could come from anyone.",
    example: {
      config: { gateway: "{ packages: 'nginx.org-stable' }" },
      dist: {
        path: 'nodes/oslo-1/apply.sh',
        from: '8540A6F18833A80E9C1653A42FD21310B49F6B46',
        to: '0000000000000000000000000000000000000000',
      },
    },
  },
  'verify/pods-let-in': {
    meaning:
      'A function that is taken over would pass for one of your own networks: past a list of who may call, past the limits, or with an address that it makes up.',
    example: {
      config: { gateway: "{ admin: { networks: ['10.0.0.0/8'] } }" },
      dist: { path, from: 'deny 10.42.0.0/16;', to: '' },
    },
  },
  'verify/upstream-is-no-node': {
    meaning: 'nginx would ask a stranger for a challenge, and so for the proof that the domain is yours.',
    example: { config: { nodes }, dist: { path, from: '10.0.0.2:80', to: '203.0.113.9:80' } },
  },
};
