import { expect, it } from 'vitest';
import { check } from '../../../src/config/check/check.ts';
import { smallest } from '../../cases/smallest.ts';

const functionWith = (settings: object) => ({
  ...smallest,
  functions: { pay: { image: 'ghcr.io/acme/pay:1', ...settings } },
});

it.each([
  ['a number of copies', functionWith({ replicas: 2 }), 'write { min: 2 }'],
  ['one Secret', functionWith({ secrets: 'key' }), "write ['key']"],
  ['one domain', functionWith({ http: { domains: 'pay.example.no' } }), "write ['pay.example.no']"],
  ['an address', functionWith({ http: { networks: ['10.0.0.1'] } }), "did you mean '10.0.0.1/32'?"],
  [
    'an IPv6 address',
    functionWith({ http: { networks: ['2001:db8::1'] } }),
    "did you mean '2001:db8::1/128'?",
  ],
  ['a word for a way', functionWith({ http: { auth: 'basic' } }), "{ passwordFile: '/etc/nginx/passwords' }"],
  ['the whole domain', functionWith({ http: { paths: ['/'] } }), 'a whole domain is for `http.domains`'],
  ['a path', functionWith({ path: '/x' }), "write http: { paths: ['/…'] }"],
  ['a port', functionWith({ port: 3000 }), 'port 8080'],
  ['sysctls at the top', { ...smallest, sysctls: { 'vm.swappiness': 1 } }, 'write kernel: { sysctl:'],
  ['a provider at the top', { ...smallest, provider: 'hetzner' }, 'on its node, nodes: {'],
  ['traefik at the top', { ...smallest, traefik: false }, 'nginx is in front'],
  ['disable at the top', { ...smallest, disable: ['traefik'] }, 'always off'],
])('%s', (_, config, hint) => {
  expect(check(config).map((found) => found.hint)).toEqual([expect.stringContaining(hint)]);
});
