import { expect, it } from 'vitest';
import { compileConfig } from '../../../src/compile.ts';
import type { PlatformConfig } from '../../../src/config/platform-config.ts';
import { hasErrors } from '../../../src/diagnostics/diagnostic.ts';
import { resolve } from '../../../src/platform/resolve.ts';
import { everyOption } from '../../cases/every-option.ts';
import { platformWith } from '../edit.ts';

const trustedProxies = { networks: ['203.0.113.0/24'], proxyProtocol: true };
const image = 'ghcr.io/acme/pay:1';

function reported(changes: Partial<PlatformConfig>): string[] {
  return resolve(platformWith(changes))[1]
    .filter(({ severity }) => severity === 'error')
    .map(({ code, path }) => `${code.replace('resolve/', '')} ${path.join('.')}`);
}

it.each<[string, Partial<PlatformConfig>, string[]]>([
  ['alone', { gateway: { trustedProxies } }, []],
  [
    'and a header',
    { gateway: { trustedProxies: { ...trustedProxies, header: 'X-Real-IP' } } },
    ['proxy-named-twice gateway.trustedProxies.header'],
  ],
  [
    'and HTTP/3',
    { nodes: { a: { os: 'debian-13' } }, gateway: { trustedProxies, tls: { http3: true } } },
    ['proxy-protocol-http3 gateway.tls.http3'],
  ],
  [
    'on several nodes with challenges over port 80',
    {
      nodes: {
        a: { role: 'server', address: '10.0.0.1' },
        b: { role: 'agent', address: '10.0.0.2', nginx: true },
      },
      gateway: { trustedProxies },
    },
    ['proxy-protocol-challenges gateway.trustedProxies.proxyProtocol'],
  ],
])('the PROXY protocol %s', (_, changes, expected) => {
  expect(reported(changes)).toEqual(expected);
});

it.each([
  ['/nginx-health', []],
  ['/system', ['http-path-reserved gateway.healthPath']],
  ['/healthz', ['http-path-reserved gateway.healthPath']],
  ['/pay', ['http-name-taken gateway.healthPath']],
  ['/pay/up', ['http-name-taken gateway.healthPath']],
  ['/payments', []],
])('health checks at %s', (healthPath, expected) => {
  const functions = { pay: { image, http: { paths: ['/pay'] } } };
  expect(reported({ functions, gateway: { healthPath } })).toEqual(expected);
});

it('the watch on a node asks nginx as the proxy does', () => {
  const { reachableFrom, ...gateway } = everyOption.gateway ?? {};
  expect(reachableFrom).toBe('trusted-proxies');
  const { artifacts, diagnostics } = compileConfig(
    { ...everyOption, gateway: { ...gateway, trustedProxies } },
    'platform.config.ts',
  );
  expect(hasErrors(diagnostics)).toBe(false);
  const texts = artifacts.map(({ text }) => text).join('');
  expect(texts).toContain('curl -fks --noproxy * --haproxy-protocol --resolve');
});
