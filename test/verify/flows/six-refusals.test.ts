import { describe, expect, it } from 'vitest';
import { compileConfig } from '../../../src/compile.ts';
import type { PlatformConfig } from '../../../src/config/platform-config.ts';
import { platformWith } from '../../platform/edit.ts';

const inside = { country: 'NO', ownerCountry: 'NO' };

/** A platform in Norway whose images are there too. */
const norwegian: Partial<PlatformConfig> = {
  nodes: { 'oslo-1': { provider: 'coolvds', country: 'NO' } },
  openfaas: { licence: 'personal', startCheck: 'accepted' },
  functions: { pay: { image: 'registry.example.no/pay:1' } },
  sovereignty: { countries: ['NO'], hosts: { 'registry.example.no': inside } },
};

type Found = readonly [code: string, path: string, words: string];

function refusals(changes: Partial<PlatformConfig>): Found[] {
  const { diagnostics } = compileConfig(platformWith({ ...norwegian, ...changes }), 'platform.config.ts');
  return diagnostics
    .filter(({ severity }) => severity === 'error')
    .map(({ code, path, message }) => [code, path.join('.'), message]);
}

const recipients = ['age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p'];
const bucket = {
  endpoint: 'https://s3.eu-west-1.amazonaws.com',
  region: 'eu-west-1',
  bucket: 'copies',
  country: 'IE',
  provider: 'aws',
} as const;

const refused: [string, Partial<PlatformConfig>, Found[]][] = [
  [
    'an image from elsewhere',
    { functions: { pay: { image: 'us-docker.pkg.dev/acme/shop/pay:1' } } },
    [
      [
        'verify/flow-foreign',
        'functions.pay.image',
        "flow 'function-images/us-docker.pkg.dev' leads to 'us-docker.pkg.dev' of Google, whose law is that of the US",
      ],
    ],
  ],
  [
    'env with a foreign service',
    {
      functions: {
        pay: { image: 'registry.example.no/pay:1', env: { CHARGES: 'https://api.stripe.com/v1/charges' } },
      },
    },
    [
      [
        'verify/flow-foreign',
        'functions.pay.env.CHARGES',
        "flow 'functions/pay/api.stripe.com' leads to 'api.stripe.com' of Stripe, Inc., whose law is that of the US",
      ],
    ],
  ],
  [
    'copies in a foreign bucket',
    { backups: { recipients, to: { s3: bucket } } },
    [
      [
        'resolve/backup-country-not-allowed',
        'backups.to.s3.country',
        'backups.to.s3 is in IE, but sovereignty.countries allows only NO',
      ],
      [
        'resolve/owner-foreign',
        'backups.to.s3.provider',
        "'aws' belongs to a company in the US, outside the EEA and Switzerland",
      ],
    ],
  ],
  [
    'a node abroad',
    { nodes: { 'malmo-1': { provider: 'coolvds', country: 'SE' } } },
    [
      [
        'resolve/country-not-allowed',
        'nodes.malmo-1.country',
        "node 'malmo-1' is in SE, but sovereignty.countries allows only NO",
      ],
    ],
  ],
  [
    'a CDN',
    { gateway: { trustedProxies: 'cloudflare' } },
    [
      [
        'resolve/cdn-foreign',
        'gateway.trustedProxies',
        'Cloudflare decrypts every call and belongs to a company in the US',
      ],
    ],
  ],
];

describe('a platform that must stay in Norway', () => {
  it('compiles', () => expect(refusals({})).toEqual([]));

  it.each(refused)('refuses %s', (_, changes, found) => expect(refusals(changes)).toEqual(found));

  it('refuses time servers anywhere, where downloads must stay inside too', () => {
    const sovereignty = { ...norwegian.sovereignty, countries: ['NO'], downloads: 'deny' as const };
    expect(refusals({ sovereignty })).toContainEqual([
      'verify/flow-place-unknown',
      'nodes',
      "nothing says in which country 'debian.pool.ntp.org' is, to which flow 'time/debian.pool.ntp.org' leads",
    ]);
  });

  it.each(refused)('reports %s where the policy is to report', (_, changes) => {
    const sovereignty = { ...norwegian.sovereignty, countries: ['NO'], policy: 'report' as const };
    expect(refusals({ ...changes, sovereignty })).toEqual([]);
  });

  const exceptions: [string, string][] = [
    ['an image from elsewhere', 'function-images/us-docker.pkg.dev'],
    ['env with a foreign service', 'functions/pay/api.stripe.com'],
    ['copies in a foreign bucket', 'backups/s3'],
    ['a node abroad', 'nodes/malmo-1'],
    ['a CDN', 'cdn/cloudflare'],
  ];
  it.each(exceptions)('allows %s by an exception', (what, flow) => {
    const [, changes = {}] = refused.find(([one]) => one === what) ?? [];
    const sovereignty = {
      ...norwegian.sovereignty,
      countries: ['NO'],
      exceptions: [{ flow, reason: 'asked the lawyers' }],
    };
    expect(refusals({ ...changes, sovereignty })).toEqual([]);
  });

  it('takes EEA for each of its countries, but not for Switzerland', () => {
    const at = (country: string) =>
      refusals({
        nodes: { 'node-1': { provider: 'coolvds', country } },
        sovereignty: { ...norwegian.sovereignty, countries: ['EEA'] },
      }).map(([code]) => code);
    expect([at('SE'), at('IS'), at('CH')]).toEqual([[], [], ['resolve/country-not-allowed']]);
  });

  it('refuses an exception without a reason, and mentions one that nothing needs', () => {
    const withException = (exception: object) => ({
      ...norwegian.sovereignty,
      countries: ['NO'],
      exceptions: [exception as { host: string; reason: string }],
    });
    expect(refusals({ sovereignty: withException({ host: 'ghcr.io' }) })[0]?.[1]).toMatch(
      /^sovereignty\.exceptions\.0/,
    );
    const { diagnostics } = compileConfig(
      platformWith({ ...norwegian, sovereignty: withException({ host: 'gchr.io', reason: 'public' }) }),
      'platform.config.ts',
    );
    expect(diagnostics.find(({ code }) => code === 'verify/exception-unused')?.path).toEqual([
      'sovereignty',
      'exceptions',
      0,
    ]);
  });
});
