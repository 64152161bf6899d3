import type { verifyCodes } from '../codes/verify.ts';
import type { Explanations } from './explanation.ts';

const nginx = 'nginx/openfaas.conf';

/** Sizes change with every version; these are of the right order. */
const userData = {
  limit: 16_384,
  parts: '/var/lib/rancher/k3s/server/manifests/fjord.yaml 5000, /etc/nginx/conf.d/openfaas.conf 2400',
  manifests: 5000,
  takesGzip: false,
};

export const verifyExplanations: Explanations<keyof typeof verifyCodes> = {
  'verify/schema': {
    meaning: 'The program that reads this file would refuse it, or read something other than what was meant.',
    example: { dist: { path: 'stack.yaml', from: 'version:', to: 'versoin:' } },
  },
  'verify/unknown-file': {
    meaning: 'A file that nobody declared would be applied with the others, unnoticed.',
    example: { dist: { path: 'manifests/99-debug.yaml', add: '' } },
  },
  'verify/file-missing': {
    meaning: 'Part of the platform is missing.',
    example: { dist: { path: 'stack.yaml', remove: true } },
  },
  'verify/not-as-locked': {
    meaning: 'The file was changed after it was compiled: by hand, by a merge, or on its way.',
    example: { dist: { path: nginx, from: 'rate=10r/s', to: 'rate=99r/s' } },
  },
  'verify/images-not-locked': {
    meaning: 'The lock file lists what runs. Nobody has agreed to an image that is not in it.',
    example: { dist: { path: 'manifests/60-functions.yaml', from: 'acme/pay:1', to: 'acme/pay:2' } },
  },
  'verify/kustomization-incomplete': {
    meaning:
      'A manifest that is not in the list is never applied. A listed file that is missing makes the whole apply fail.',
    example: { dist: { path: 'manifests/kustomization.yaml', from: '  - "30-alertmanager.yaml"\n', to: '' } },
  },
  'verify/embedded-differs': {
    meaning:
      'User-data carries copies of files. When a copy differs from the file beside it, one of the two is wrong.',
    example: { dist: { path: nginx, from: 'rate=10r/s', to: 'rate=99r/s' } },
  },
  'verify/upstream-is-no-service': {
    meaning: 'nginx would send every call to an address where nothing listens.',
    example: { dist: { path: nginx, from: '10.43.0.80:8080', to: '10.43.0.81:8080' } },
  },
  'verify/proxy-to-nowhere': {
    meaning: 'nginx would send calls past its upstreams, to something that nobody has checked.',
    example: {
      dist: {
        path: nginx,
        from: 'proxy_pass http://openfaas_gateway',
        to: 'proxy_pass http://127.0.0.1:8080',
      },
    },
  },
  'verify/exposed': {
    meaning: 'Calls that do not go through nginx have no TLS, no limit and no list of functions.',
    example: { dist: { path: 'manifests/50-gateway.yaml', from: 'type: ClusterIP', to: 'type: NodePort' } },
  },
  'verify/port-taken': {
    meaning: 'Kubernetes would take the port by address translation, before nginx sees a packet.',
    example: {
      dist: {
        path: 'cloud-init/oslo-1.yaml#/usr/local/sbin/fjord-apply',
        from: '  - traefik\n',
        to: '',
      },
    },
  },
  'verify/secret-not-made': {
    meaning: 'The pod would wait for the Secret forever.',
    example: {
      dist: { path: 'manifests/50-gateway.yaml', from: 'secretName: basic-auth', to: 'secretName: other' },
    },
  },
  'verify/durations-out-of-order': {
    meaning: 'A hop that gives up before the hop behind it reports a failure that did not happen.',
    example: { dist: { path: nginx, from: 'proxy_read_timeout ', to: 'proxy_read_timeout 1s; # ' } },
  },
  'verify/function-not-deployed': {
    meaning: 'Calls to it would be passed on and answered with an error.',
    example: { dist: { path: nginx, from: '/function/pay', to: '/function/refund' } },
  },
  'verify/function-not-listed': {
    meaning: 'It runs, but nobody can call or build it.',
    example: { dist: { path: 'stack.yaml', from: '  pay:\n', to: '  refund:\n' } },
  },
  'verify/node-not-locked': {
    meaning: 'Nobody can tell which provider and OS the user-data was made for.',
    example: { dist: { path: 'platform.lock.json', from: '"name": "oslo-1"', to: '"name": "oslo-2"' } },
  },
  'verify/user-data-too-large': {
    meaning: 'The provider would refuse to create the machine.',
    example: {
      situation: 'fifteen functions with long variables, on a node with provider: aws',
      says: { ...userData, size: 17_408, provider: 'aws' },
    },
  },
  'verify/user-data-may-not-fit': {
    meaning: 'Only a try shows whether the provider accepts it.',
    example: {
      situation: 'fifteen functions with long variables, on a node with provider: coolvds',
      says: { ...userData, size: 17_408, provider: 'coolvds' },
    },
  },
  'verify/user-data-near-limit': {
    meaning: 'It fits today, but what is added later may not.',
    example: {
      situation: 'a few functions, on a node with provider: aws',
      says: { ...userData, size: 15_360, provider: 'aws' },
    },
  },
};
