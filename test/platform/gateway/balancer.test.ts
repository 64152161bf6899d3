import { expect, it } from 'vitest';
import type { GatewayConfig } from '../../../src/config/gateway/gateway.ts';
import type { TlsConfig } from '../../../src/config/gateway/tls.ts';
import type { PlatformConfig } from '../../../src/config/platform-config.ts';
import { resolve } from '../../../src/platform/resolve.ts';
import { platformWith } from '../edit.ts';

const networks = ['10.0.1.0/24'];
const behind = (gateway: Omit<GatewayConfig, 'tls'>, tls: TlsConfig = {}): Partial<PlatformConfig> => ({
  gateway: { ...gateway, tls: { ...tls, endedBy: 'load-balancer' } },
});
const nodes = { a: { country: 'NO', provider: 'coolvds' } } as const;

function reported(changes: Partial<PlatformConfig>): string[] {
  return resolve(platformWith(changes))[1]
    .filter(({ severity }) => severity !== 'info')
    .map(({ code, severity, path }) => `${severity} ${code.replace('resolve/', '')} ${path.join('.')}`);
}

it.each<[string, Partial<PlatformConfig>, string[]]>([
  [
    'in a private network',
    behind({ trustedProxies: { networks: [...networks, 'fd00::/64', '100.64.0.0/10'] } }),
    [],
  ],
  [
    'that only its proxies reach',
    behind({ trustedProxies: { networks }, reachableFrom: 'trusted-proxies' }),
    [],
  ],
  ['with hsts', behind({ trustedProxies: { networks } }, { hsts: { days: 1 } }), []],
  ['by the PROXY protocol', behind({ trustedProxies: { networks, proxyProtocol: true } }), []],
  [
    'for a name of the office',
    { domain: 'fn.office.local', ...behind({ trustedProxies: { networks } }) },
    [],
  ],
  ['without its networks', behind({}), ['error balancer-unnamed gateway.tls.endedBy']],
  [
    'that is a CDN',
    behind({ trustedProxies: 'cloudflare' }),
    ['error cdn-in-the-clear gateway.trustedProxies'],
  ],
  [
    'that anybody may bypass',
    behind({ trustedProxies: { networks }, reachableFrom: 'anywhere' }),
    ['error clear-from-anywhere gateway.reachableFrom'],
  ],
  [
    'in a public network',
    behind({ trustedProxies: { networks: [...networks, '203.0.113.0/24', '10.0.0.0/7'] } }),
    [
      'warning calls-in-the-clear gateway.trustedProxies.networks.1',
      'warning calls-in-the-clear gateway.trustedProxies.networks.2',
    ],
  ],
  [
    'in a public network, with a promise about data',
    {
      nodes,
      sovereignty: { countries: ['NO'] },
      ...behind({ trustedProxies: { networks: ['203.0.113.0/24'] } }),
    },
    ['error personal-data-in-the-clear gateway.trustedProxies.networks.0'],
  ],
  [
    'in a private network, with a promise about data',
    { nodes, sovereignty: { countries: ['NO'] }, ...behind({ trustedProxies: { networks } }) },
    [],
  ],
  [
    'for everybody',
    behind({ trustedProxies: { networks: ['0.0.0.0/0'] } }),
    ['error everybody-trusted gateway.trustedProxies.networks.0'],
  ],
  ...(
    [
      ['issuer', 'letsencrypt'],
      ['directory', 'https://ca.example.no/acme'],
      ['files', { certificate: '/etc/ssl/a.pem', key: '/etc/ssl/a.key' }],
      ['email', 'ops@example.no'],
      ['dns', { script: '/usr/local/sbin/dns' }],
      ['profile', 'modern'],
      ['clientCa', '/etc/ssl/ca.pem'],
    ] as const
  ).map(([key, value]): [string, Partial<PlatformConfig>, string[]] => [
    `with ${key}`,
    behind({ trustedProxies: { networks } }, { [key]: value }),
    [`error tls-setting-unused gateway.tls.${key}`],
  ]),
])('a load balancer that ends TLS %s', (_, changes, expected) => {
  expect(reported(changes).filter((one) => !one.includes('pods-in-network'))).toEqual(expected);
});

it('is what nginx is without the key', () => {
  const of = (tls: TlsConfig) => resolve(platformWith({ gateway: { tls } }));
  expect(of({ endedBy: 'nginx' })).toEqual(of({}));
});
