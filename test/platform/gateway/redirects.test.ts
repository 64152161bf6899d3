import { expect, it } from 'vitest';
import type { GatewayConfig } from '../../../src/config/gateway/gateway.ts';
import { resolve } from '../../../src/platform/resolve.ts';
import { platformWith } from '../edit.ts';

function reported(gateway: GatewayConfig): string[] {
  const image = 'ghcr.io/acme/pay:1';
  const functions = { pay: { image, http: { domains: ['pay.example.no', '*.tenants.example.no'] } } };
  return resolve(
    platformWith({ domain: 'example.no', functions, gateway: { ...gateway, tls: { files } } }),
  )[1].map(({ code, path }) => `${code.replace('resolve/', '')} ${path.slice(1).join('.')}`);
}

const files = { certificate: '/etc/ssl/a.pem', key: '/etc/ssl/a.key' };

it.each<[GatewayConfig, string[]]>([
  [{ aliases: ['example.com'], redirects: { 'www.example.no': 'example.no' } }, []],
  [
    {
      aliases: ['example.com'],
      redirects: { 'www.example.com': 'example.com', 'p.example.no': 'pay.example.no' },
    },
    [],
  ],
  [{ aliases: ['example.no'] }, ['http-name-taken aliases.0']],
  [{ aliases: ['example.com', 'pay.example.no'] }, ['http-name-taken aliases.1']],
  [
    { aliases: ['example.com'], redirects: { 'example.com': 'example.no' } },
    ['http-name-taken redirects.example.com'],
  ],
  [{ redirects: { 'example.no': 'pay.example.no' } }, ['http-name-taken redirects.example.no']],
  [{ redirects: { 'pay.example.no': 'example.no' } }, ['http-name-taken redirects.pay.example.no']],
  [{ redirects: { 'www.example.no': 'example.org' } }, ['redirect-elsewhere redirects.www.example.no']],
  [
    { redirects: { 'a.example.no': 'b.example.no', 'b.example.no': 'example.no' } },
    ['redirect-elsewhere redirects.a.example.no'],
  ],
])('%j', (gateway, expected) => {
  expect(reported(gateway)).toEqual(expected);
});
