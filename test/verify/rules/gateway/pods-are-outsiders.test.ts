import { describe, expect, it } from 'vitest';
import { compileConfig } from '../../../../src/compile.ts';
import type { PlatformConfig } from '../../../../src/config/platform-config.ts';
import { parseConf } from '../../../../src/nginx/parse.ts';
import type { Dist } from '../../../../src/verify/dist.ts';
import { readDist } from '../../../../src/verify/read/dist.ts';
import { podsAreOutsiders } from '../../../../src/verify/rules/gateway/pods-are-outsiders.ts';

const config: PlatformConfig = {
  domain: 'functions.example.no',
  nodes: {
    'oslo-1': { role: 'server', address: '10.9.0.1' },
    'oslo-2': { role: 'agent', address: '10.9.0.2' },
  },
  openfaas: { licence: 'personal', startCheck: 'accepted' },
  functions: { pay: { image: 'ghcr.io/acme/pay:1', http: { networks: ['10.0.0.0/8'] } } },
  gateway: {
    exempt: ['10.0.0.0/8'],
    admin: { networks: ['10.0.0.0/8'] },
    trustedProxies: { networks: ['10.0.0.0/8'] },
  },
};

function distOf(): Dist {
  const { artifacts } = compileConfig(config, 'platform.config.ts');
  const [dist] = readDist(new Map(artifacts.map(({ path, text }) => [path, text])));
  if (dist === undefined) throw new Error('cannot be read back');
  return dist;
}

const dist = distOf();

function found(conf: string): string[] {
  const parsed = parseConf(conf);
  if ('problem' in parsed) throw new Error(parsed.problem.message);
  const { statements } = parsed;
  return podsAreOutsiders
    .check({ ...dist, nginx: [{ path: 'nginx/openfaas.conf', statements }] })
    .map(({ message }) => message);
}

describe('pods are never among the networks of a list', () => {
  it('as it was compiled', () => expect(podsAreOutsiders.check(dist)).toEqual([]));

  it.each([
    ['pods', 'location /a { allow 10.0.0.0/8; deny all; }', 3],
    ['pods, denied too late', 'location /a { allow 10.0.0.0/8; deny 10.42.0.0/16; deny all; }', 3],
    ['half of the pods', 'location /a { deny 10.42.0.0/17; allow 10.42.0.0/15; deny all; }', 1],
    ['a node', 'location /a { deny 10.42.0.0/16; deny 10.9.0.1; allow 10.0.0.0/8; deny all; }', 1],
    ['one pod', 'location /a { allow 10.42.9.9; deny all; }', 1],
    ['everybody first', 'location /a { allow all; deny all; }', 3],
    ['a whole server', 'server { allow 10.42.0.0/16; deny all; }', 1],
    ['a method', 'location /a { limit_except GET { allow 10.42.0.0/16; deny all; } }', 1],
    ['no limits', 'geo $a { default 0; 10.0.0.0/8 1; }', 3],
    ['no limits for some', 'geo $a { default 0; 10.0.0.0/8 0; 10.42.1.0/24 1; 10.42.1.0/25 0; }', 1],
    ['proxies', 'set_real_ip_from 10.0.0.0/8;', 3],
    ['a proxy', 'set_real_ip_from 10.9.0.2;', 1],
  ])('a fault is found: %s', (_, conf, count) => expect(found(conf)).toHaveLength(count));

  it.each([
    ['no list at all', 'location /a { allow 10.42.0.0/16; }'],
    ['denied first', 'location /a { deny 10.42.0.0/16; deny 10.9.0.0/30; allow 10.0.0.0/8; deny all; }'],
    ['nobody', 'location /a { deny all; }'],
    ['others', 'location /a { allow 192.0.2.0/24; allow unix:; deny all; }'],
    ['smaller networks', 'geo $a { default 0; 10.0.0.0/8 1; 10.42.0.0/16 0; 10.9.0.0/24 0; }'],
    ['other proxies', 'set_real_ip_from 10.10.0.0/16;'],
  ])('nothing is found in %s', (_, conf) => expect(found(conf)).toEqual([]));
});
