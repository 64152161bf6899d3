import { describe, expect, it } from 'vitest';
import { compileConfig } from '../src/compile.ts';
import { cases } from './cases/index.ts';
import { findSecrets } from './find-secrets.ts';

const planted: readonly (readonly [what: string, text: string])[] = [
  ['a password', 'password: "hunter2hunter2"'],
  ['a password of an environment', 'POSTGRES_PASSWORD=correcthorse'],
  ['a random password', `      basic-auth-password: ${'Zq8xPb1LrT5vNw2KdY7m'}`],
  ['a token', 'token: K10f1e2d3c4b5a69788796a5b4c3d2e1f0::server:0123456789abcdef'],
  ['a key of AWS', 'AKIAIOSFODNN7EXAMPLE'],
  ['a token of GitHub', `ghp_${'a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8'}`],
  [
    'a JSON web token',
    'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U',
  ],
  ['a private key', '-----BEGIN EC PRIVATE KEY-----'],
  ['user and password in an address', 'https://admin:s3cr3tpass@registry.example.no/v2'],
  ['the data of a Secret', 'kind: Secret\ndata:\n  a: YQ==\n'],
  ['random base64', 'anything: q83vASNFZ4mrze8BI0VniavN7wEjRWeJq83vASNFZ4k='],
  ['random hexadecimal digits', 'anything: 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822c'],
];

describe('what finds secrets', () => {
  it.each(planted)('finds %s', (_, text) => {
    expect(findSecrets('manifests/x.yaml', text)).not.toEqual([]);
  });

  it('finds one in any artifact of a real platform', () => {
    const { artifacts } = compileConfig(cases.reference, 'platform.config.ts');
    for (const { path, text } of artifacts) {
      const line = `${text}\nadmin_password: Zq8xPb1LrT5vNw2KdY7m\n`;
      expect(findSecrets(path, line), path).toHaveLength(1);
    }
  });
});

describe('no artifact holds a password, a token or a key', () => {
  it.each(Object.entries(cases))('of %s', (_, config) => {
    const { artifacts } = compileConfig(config, 'platform.config.ts');
    expect(artifacts.length).toBeGreaterThan(5);
    expect(artifacts.flatMap(({ path, text }) => findSecrets(path, text))).toEqual([]);
  });
});
