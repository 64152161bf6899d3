import { describe, expect, it } from 'vitest';
import type { TlsConfig } from '../../../src/config/gateway/tls.ts';
import type { PlatformConfig } from '../../../src/config/platform-config.ts';
import { resolve } from '../../../src/platform/resolve.ts';
import { platformWith } from '../edit.ts';

function reported(changes: Partial<PlatformConfig>): string[] {
  return resolve(platformWith(changes))[1].map(
    ({ code, path, message }) => `${code} ${path.join('.')}: ${message}`,
  );
}

const endings = 'local internal lan home corp test example invalid localhost onion home.arpa intranet'.split(
  ' ',
);

describe('a name that no public authority certifies', () => {
  it.each(endings)('.%s', (ending) =>
    expect(reported({ domain: `fn.office.${ending}` })).toEqual([
      `resolve/name-not-certified domain: no public authority gives a certificate for 'fn.office.${ending}', because .${ending.replace(/.*\./, '')} is not a public domain`,
    ]),
  );

  it('is refused for a function too', () =>
    expect(
      reported({
        functions: { pay: { image: 'ghcr.io/acme/pay:1', http: { domains: ['a.example.no', 'pay.lan'] } } },
      }),
    ).toEqual([expect.stringMatching(/^resolve\/name-not-certified functions\.pay\.http\.domains\.1: /)]));

  it.each<TlsConfig>([
    { files: { certificate: '/etc/ssl/a.pem', key: '/etc/ssl/a.key' } },
    { directory: 'https://ca.office.local/acme/directory' },
  ])('is taken with %j', (tls) =>
    expect(reported({ domain: 'fn.office.local', gateway: { tls } })).toEqual([]),
  );
});

describe('an authority that certbot alone gets nothing from', () => {
  it.each([
    ['https://acme.zerossl.com/v2/DV90', 'ZeroSSL gives certificates only to accounts that are bound'],
    [
      'https://dv.acme-v02.api.pki.goog/directory',
      'Google Trust Services gives certificates only to accounts',
    ],
    ['https://acme.ssl.com/sslcom-dv-rsa', 'SSL.com gives certificates only to accounts'],
    [
      'https://api.buypass.com/acme/directory',
      'Buypass has given no certificates by ACME since October 2025',
    ],
  ])('%s', (directory, expected) => {
    const [found = '', ...others] = reported({ gateway: { tls: { directory } } });
    expect(found).toContain(`resolve/authority-unusable gateway.tls.directory: the authority ${expected}`);
    expect(others).toEqual([]);
  });

  it('is none whose name only ends alike', () =>
    expect(reported({ gateway: { tls: { directory: 'https://acme.notssl.com/directory' } } })).toEqual([]));
});
