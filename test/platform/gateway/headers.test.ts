import { expect, it } from 'vitest';
import type { GatewayConfig } from '../../../src/config/gateway/gateway.ts';
import { resolve } from '../../../src/platform/resolve.ts';
import { platformWith } from '../edit.ts';

type Headers = NonNullable<GatewayConfig['headers']>;

function reported(headers: Headers): string[] {
  const [, diagnostics] = resolve(platformWith({ gateway: { headers } }));
  return diagnostics
    .filter(({ code }) => code.startsWith('resolve/header-'))
    .map(({ code, path, hint }) => `${code} ${path.at(-1)}: ${hint}`);
}

const ignored: [name: string, value: string, hint: string][] = [
  ['X-Content-Type-Options', 'sniff', 'write nosniff'],
  ['X-Frame-Options', 'ALLOW-FROM https://a.example', 'write DENY or SAMEORIGIN'],
  ['Content-Security-Policy', 'default-src self', "write 'self' in single quotes"],
  ['content-security-policy', "default-src 'self', script-src none", "write 'none' in single quotes"],
  ['Content-Security-Policy', "'self'", "write directives such as default-src 'self', with ; between them"],
  ['Referrer-Policy', 'strict', "write a policy such as 'strict-origin'"],
  ['Referrer-Policy', 'never', "write a policy such as 'no-referrer'"],
  [
    'Permissions-Policy',
    "camera 'none'",
    'write features with lists in brackets, such as camera=(), geolocation=(self)',
  ],
  ['Cross-Origin-Opener-Policy', 'same-site', 'write same-origin or'],
];

it.each(ignored)('%s: %s is what browsers ignore', (name, value, hint) => {
  const [first = '', ...others] = reported({ [name]: value });
  expect(others).toEqual([]);
  expect(first).toContain(`resolve/header-ignored ${name}: `);
  expect(first).toContain(hint);
});

it.each<Headers>([
  { 'X-Frame-Options': 'sameorigin', 'Referrer-Policy': 'no-referrer, strict-origin-when-cross-origin' },
  { 'Content-Security-Policy': "default-src 'self' self.example.no; script-src 'nonce-abc'; sandbox" },
  { 'Content-Security-Policy': "default-src 'none'; upgrade-insecure-requests;" },
  { 'Permissions-Policy': 'camera=(), geolocation=(self "https://a.example"), fullscreen=*' },
  { 'X-Own': 'anything; at "all" \\ {}', 'X-Content-Type-Options': false },
])('%j is read', (headers) => {
  expect(reported(headers)).toEqual([]);
});

it.each([
  'Strict-Transport-Security',
  'alt-svc',
  'Access-Control-Allow-Origin',
  'Content-Length',
  'Vary',
  'Set-Cookie',
])('%s is set elsewhere', (name) => {
  expect(reported({ [name]: 'x' })).toEqual([
    expect.stringContaining(`resolve/header-set-elsewhere ${name}`),
  ]);
});

it('one name in two spellings is one header', () => {
  expect(reported({ 'X-A': '1', 'x-a': '2' })).toEqual(['resolve/header-twice x-a: remove one of the two']);
});
