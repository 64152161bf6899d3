import { describe, expect, it } from 'vitest';
import type { FunctionHttpConfig } from '../../../src/config/functions/http.ts';
import type { GatewayConfig } from '../../../src/config/gateway/gateway.ts';
import type { PlatformConfig } from '../../../src/config/platform-config.ts';
import { resolve } from '../../../src/platform/resolve.ts';
import { functionWith, platformWith } from '../edit.ts';

/** Code and path of everything that resolving a config reports. */
function reported(config: PlatformConfig): string[] {
  return resolve(config)[1].map(({ code, path }) => `${code} ${path.join('.')}`);
}

const files = { certificate: '/etc/ssl/a.pem', key: '/etc/ssl/a.key' };
const gateway: [string, GatewayConfig, string[]][] = [
  ['an administration open to all', { admin: {} }, ['resolve/admin-open gateway.admin']],
  [
    'an administration for every network',
    { admin: { networks: ['192.0.2.0/24', '::/0'] } },
    ['resolve/admin-open gateway.admin.networks.1'],
  ],
  [
    'nodes that only proxies reach, of which there are none',
    { reachableFrom: 'trusted-proxies' },
    ['resolve/proxies-unnamed gateway.reachableFrom'],
  ],
  [
    'nodes that only proxies reach, and the authority',
    { trustedProxies: { networks: ['203.0.113.0/24'] }, reachableFrom: 'trusted-proxies' },
    ['resolve/challenge-port-open gateway.reachableFrom'],
  ],
  [
    'nodes that only the known networks of a CDN reach',
    { trustedProxies: 'cloudflare', reachableFrom: 'trusted-proxies', tls: { files } },
    ['resolve/cdn-list-closes gateway.reachableFrom'],
  ],
  [
    'nothing of nodes that anybody reaches, as without the key',
    { trustedProxies: { networks: ['203.0.113.0/24'] }, reachableFrom: 'anywhere' },
    [],
  ],
  [
    'a size of clients on IPv6, of whom there are none',
    { ipv6: false, ipv6Prefix: 56 },
    ['resolve/ipv6-prefix-unused gateway.ipv6Prefix'],
  ],
  ['nothing of a gateway without IPv6', { ipv6: false }, []],
  [
    'client certificates of nobody',
    { admin: { clientCertificate: true } },
    ['resolve/client-ca-missing gateway.admin.clientCertificate'],
  ],
  [
    'two sources of certificates',
    { tls: { issuer: 'letsencrypt', directory: 'https://ca.example.no/dir' } },
    ['resolve/certificate-sources gateway.tls.directory'],
  ],
  [
    'an address for an authority that is not asked',
    { tls: { files, email: 'a@example.no', dns: { plugin: 'ovh', credentials: '/etc/a' } } },
    [
      'resolve/certificate-setting-unused gateway.tls.email',
      'resolve/certificate-setting-unused gateway.tls.dns',
    ],
  ],
  [
    'a name for the browsers’ list without its subdomains',
    { tls: { hsts: { preload: true } } },
    ['resolve/hsts-preload gateway.tls.hsts.preload'],
  ],
  [
    'a name for the browsers’ list for too short',
    { tls: { hsts: { preload: true, includeSubDomains: true, days: 364 } } },
    ['resolve/hsts-preload gateway.tls.hsts.preload'],
  ],
  ['more requests than memory bears', { requests: 5000 }, ['resolve/gateway-over-memory gateway.requests']],
  [
    'more connections than memory bears',
    { connections: 8192 },
    ['resolve/gateway-over-memory gateway.connections'],
  ],
  [
    'buffers that memory does not bear',
    { buffers: { count: 64, size: '1m' } },
    ['resolve/gateway-over-memory gateway.buffers'],
  ],
  ['HTTP/3 on Debian 12', { tls: { http3: true } }, ['resolve/http3-not-built gateway.tls.http3']],
  [
    "nothing of HTTP/3 on Debian 12 with nginx.org's packages",
    { packages: 'nginx.org-stable', tls: { http3: true } },
    [],
  ],
  [
    'a mirror of what is not installed',
    { packagesFrom: 'https://mirror.example.no' },
    ['resolve/packages-from-unused gateway.packagesFrom'],
  ],
  [
    'a delay past the burst',
    { rateLimit: { burst: 5, delay: 6 } },
    ['resolve/delay-over-burst gateway.rateLimit.delay'],
  ],
  ['a network that is none', { exempt: ['2001:db8::1::/64'] }, ['resolve/network-invalid gateway.exempt.0']],
  [
    'an address inside of a network',
    { exempt: ['192.0.2.0/24', '198.51.100.3/24'] },
    ['resolve/network-not-aligned gateway.exempt.1'],
  ],
  ['of what day a list is', { trustedProxies: 'fastly' }, ['resolve/cdn-list-dated gateway.trustedProxies']],
  [
    'trust in everybody',
    { trustedProxies: { networks: ['0.0.0.0/0'] } },
    ['resolve/everybody-trusted gateway.trustedProxies.networks.0'],
  ],
];

const http: [string, FunctionHttpConfig, string[]][] = [
  ['a guard that asks for nothing', { auth: {} }, ['resolve/auth-ways functions.pay.http.auth']],
  [
    'a network that is an address',
    { networks: ['10.0.0.1/8'] },
    ['resolve/network-not-aligned functions.pay.http.networks.0'],
  ],
  [
    'two guards',
    { auth: { passwordFile: '/etc/a', function: 'pay' } },
    ['resolve/auth-ways functions.pay.http.auth'],
  ],
  [
    'a wildcard that no authority proves over port 80',
    { domains: ['pay.example.no', '*.pay.example.no'] },
    ['resolve/wildcard-over-http functions.pay.http.domains.1'],
  ],
  [
    'a function that is asked about itself',
    { auth: { function: 'pay' } },
    ['resolve/auth-of-itself functions.pay.http.auth.function'],
  ],
  [
    'a function that is not there',
    { auth: { function: 'gate' } },
    ['resolve/auth-function-unknown functions.pay.http.auth.function'],
  ],
  [
    'a certificate of nobody',
    { auth: { clientCertificate: true } },
    ['resolve/client-ca-missing functions.pay.http.auth.clientCertificate'],
  ],
  [
    'websocket through the gateway',
    { websocket: true },
    ['resolve/no-websocket functions.pay.http.websocket'],
  ],
  [
    'a delay past its burst',
    { rateLimit: { delay: 21 } },
    ['resolve/delay-over-burst functions.pay.http.rateLimit.delay'],
  ],
  [
    "the platform's own domain",
    { domains: ['pay.example.no', 'functions.example.no'] },
    ['resolve/http-name-taken functions.pay.http.domains.1'],
  ],
  [
    'paths with a meaning of their own',
    { paths: ['/system', '/ui/pay', '/function', '/systems'] },
    [
      'resolve/http-path-reserved functions.pay.http.paths.0',
      'resolve/http-path-reserved functions.pay.http.paths.1',
      'resolve/http-path-reserved functions.pay.http.paths.2',
    ],
  ],
];

describe('resolving reports', () => {
  it.each(gateway)('%s', (_, settings, expected) => {
    expect(reported(platformWith({ gateway: settings }))).toEqual(expected);
  });

  it.each(http)('%s', (_, settings, expected) => {
    expect(reported(functionWith({ http: settings }))).toEqual(expected);
  });

  it('a path and a domain of two functions', () => {
    const image = 'ghcr.io/acme/pay:1';
    const same = { image, http: { paths: ['/pay'], domains: ['pay.example.no'] } };
    expect(reported(platformWith({ functions: { a: same, b: same } }))).toEqual([
      'resolve/http-name-taken functions.b.http.domains.0',
      'resolve/http-name-taken functions.b.http.paths.0',
    ]);
  });

  it('HTTP/3 of each node that cannot, and of none that runs no nginx', () => {
    const nodes: PlatformConfig['nodes'] = {
      a: { os: 'debian-13', role: 'server', address: '192.0.2.1' },
      b: { os: 'ubuntu-24.04', role: 'agent', address: '192.0.2.2' },
    };
    const files = { certificate: '/etc/ssl/a.pem', key: '/etc/ssl/a.key' };
    const settings = { gateway: { tls: { http3: true, files } } };
    expect(reported(platformWith({ nodes, ...settings }))).toEqual([]);
    const b = { ...nodes.b, nginx: true };
    expect(reported(platformWith({ nodes: { ...nodes, b }, ...settings }))).toEqual([
      'resolve/http3-not-built gateway.tls.http3',
    ]);
  });

  it('nothing of websocket past the gateway', () => {
    const found = reported(functionWith({ direct: true, http: { websocket: true } }));
    expect(found).toEqual(['resolve/direct-gives-up functions.pay.direct']);
  });
});
