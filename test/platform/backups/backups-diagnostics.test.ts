import { describe, expect, it } from 'vitest';
import { check } from '../../../src/config/check/check.ts';
import { rangeLocation } from '../../../src/config/locate/source-lines.ts';
import type { PlatformConfig } from '../../../src/config/platform-config.ts';
import { isSpeltRight } from '../../../src/platform/backups/recipients.ts';
import { resolve } from '../../../src/platform/resolve.ts';
import { backups, platformWith } from '../edit.ts';

const recipients = backups?.recipients ?? [];
const s3 = { endpoint: 'https://s3.example.no', region: 'oslo-1', bucket: 'fjord-backups' };
const nodes = { 'oslo-1': { provider: 'coolvds', country: 'NO' } } as const;

function reported(changes: Partial<PlatformConfig>): string[] {
  return resolve(platformWith(changes))[1].map(({ code, path }) => `${code} ${path.join('.')}`);
}

/** What the schema says of backups, whatever their type. */
function checked(value: unknown): string[] {
  return check({ ...platformWith({}), backups: value }).map(({ code, path }) => `${code} ${path.join('.')}`);
}

describe('backups', () => {
  it.each<[string, Partial<PlatformConfig>, string[]]>([
    ['of nothing, for one server', { backups: undefined }, ['resolve/no-backups backups']],
    ['of nothing, where etcd makes snapshots', { backups: undefined, k3s: { datastore: 'etcd' } }, []],
    ['that stay on one disk', { backups: { recipients } }, ['resolve/backups-on-one-disk backups.to']],
    [
      'to a recipient with a typo',
      {
        backups: {
          ...backups,
          recipients: ['age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8q'],
        },
      },
      ['resolve/recipient-misspelt backups.recipients.0'],
    ],
    [
      'to a bucket in an unknown country, of an unknown owner',
      { nodes, sovereignty: { countries: ['NO'] }, backups: { recipients, to: { s3 } } },
      [
        'resolve/backup-country-not-said backups.to.s3',
        'resolve/backup-owner-unknown backups.to.s3.provider',
      ],
    ],
    [
      'to a bucket abroad, of an owner abroad',
      {
        nodes,
        sovereignty: { countries: ['NO'] },
        backups: { recipients, to: { s3: { ...s3, country: 'SE', provider: 'aws' } } },
      },
      [
        'resolve/backup-country-not-allowed backups.to.s3.country',
        'resolve/owner-foreign backups.to.s3.provider',
      ],
    ],
    ['to a bucket at home', { nodes, sovereignty: { countries: ['NO'] } }, []],
  ])('%s', (_, changes, codes) => expect(reported(changes)).toEqual(codes));

  const ssh = { host: 'backups.example.no', user: 'fjord', path: '/srv/backups' };
  it.each<[string, unknown, string[]]>([
    ['for nobody', {}, ['check/missing-key backups']],
    ['for an empty list', { recipients: [] }, ['check/too-few backups.recipients']],
    ['for something else', { recipients: ['ops@example.no'] }, ['check/wrong-form backups.recipients.0']],
    ['at a time that no clock has', { recipients, time: '24:00' }, ['check/wrong-form backups.time']],
    ['to a machine that anybody could be', { recipients, to: { ssh } }, ['check/missing-key backups.to.ssh']],
    [
      'to no bucket',
      { recipients, to: { s3: { endpoint: s3.endpoint, region: s3.region } } },
      ['check/missing-key backups.to.s3'],
    ],
    [
      'to a bucket with its secret key',
      { recipients, to: { s3: { ...s3, secretKey: 'abc' } } },
      ['check/unknown-key backups.to.s3.secretKey'],
    ],
  ])('%s', (_, value, codes) => expect(checked(value)).toEqual(codes));
});

describe('a private key in the config', () => {
  const key = `AGE-SECRET-KEY-1${'Q'.repeat(58)}`;
  const pem = '-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXk\n-----END OPENSSH PRIVATE KEY-----';

  it.each([
    ['of age', { ...platformWith({}), backups: { recipients: [key] } }],
    ['of age in small letters', { ...platformWith({}), backups: { recipients: [key.toLowerCase()] } }],
    ['of age, elsewhere', { ...platformWith({}), domain: key }],
    ['of SSH', { ...platformWith({}), backups: { recipients: [pem] } }],
  ])('%s is named and not repeated', (_, config) => {
    const found = check(config);
    expect(found.map(({ code }) => code)).toEqual(['check/private-key-in-config']);
    expect(JSON.stringify(found)).not.toMatch(/QQQ|qqq|b3Bl/);
  });

  it('is not shown with its line, whose columns stay', () => {
    const line = `  recipients: ['${key}'],`;
    const { text, column, length } = rangeLocation('platform.config.ts', line, 15, 15 + key.length, true);
    expect(text).toBe(`  recipients: ['AGE-SECRET-KEY-${'*'.repeat(59)}'],`);
    expect([column, length, text.length]).toEqual([16, key.length, line.length]);
  });
});

it('a recipient has the checksum of Bech32', () => {
  // From age's own documentation and test vectors.
  expect(isSpeltRight('age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p')).toBe(true);
  expect(isSpeltRight('age1lggyhqrw2nlhcxprm67z43rta597azn8gknawjehu9d9dl0jq3yqqvfafg')).toBe(true);
  expect(isSpeltRight('age1lggyhqrw2nlhcxprm67z43rta597azn8gknawjehu9d9dl0jq3yqqvfagf')).toBe(false);
});
