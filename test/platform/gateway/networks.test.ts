import { describe, expect, it } from 'vitest';
import type { PlatformConfig } from '../../../src/config/platform-config.ts';
import { resolve } from '../../../src/platform/resolve.ts';
import { backups } from '../edit.ts';

const image = 'ghcr.io/acme/pay:1';
const two: PlatformConfig['nodes'] = {
  'oslo-1': { role: 'server', address: '10.9.0.1', address6: 'fd00:9::1' },
  'oslo-2': { role: 'agent', address: '10.9.0.2', address6: 'fd00:9::2' },
};

function config(lists: {
  readonly networks?: string[];
  readonly exempt?: string[];
  readonly admin?: string[];
  readonly trusted?: string[];
  readonly nodes?: PlatformConfig['nodes'];
  readonly k3s?: PlatformConfig['k3s'];
}): PlatformConfig {
  return {
    domain: 'functions.example.no',
    nodes: lists.nodes ?? { 'oslo-1': {} },
    ...(lists.k3s && { k3s: lists.k3s }),
    openfaas: { licence: 'personal', startCheck: 'accepted' },
    backups,
    functions: { pay: { image, ...(lists.networks && { http: { networks: lists.networks } }) } },
    gateway: {
      ...(lists.exempt && { exempt: lists.exempt }),
      ...(lists.admin && { admin: { networks: lists.admin } }),
      ...(lists.trusted && { trustedProxies: { networks: lists.trusted } }),
    },
  };
}

function reported(lists: Parameters<typeof config>[0]): string[] {
  return resolve(config(lists))[1].map(({ code, path }) => `${code} ${path.join('.')}`);
}

const ipv6 = { clusterCidr: 'fd00:42::/56', serviceCidr: 'fd00:43::/112' };

describe('a list of networks', () => {
  it.each<[string, Parameters<typeof config>[0], string[]]>([
    ['of others says nothing', { networks: ['192.0.2.0/24'], exempt: ['10.0.0.0/16'] }, []],
    [
      'around the pods',
      { networks: ['192.0.2.0/24', '10.0.0.0/8'] },
      ['pods-in-network functions.pay.http.networks.1'],
    ],
    ['of the pods alone', { networks: ['10.42.0.0/16'] }, ['network-of-pods functions.pay.http.networks.0']],
    ['of some pods', { exempt: ['10.42.7.0/24'] }, ['network-of-pods gateway.exempt.0']],
    ['for the administration', { admin: ['10.0.0.0/8'] }, ['pods-in-network gateway.admin.networks.0']],
    ['without limits', { exempt: ['10.0.0.0/8'] }, ['pods-in-network gateway.exempt.0']],
    ['of proxies', { trusted: ['10.0.0.0/8'] }, ['pods-in-network gateway.trustedProxies.networks.0']],
    ['around pods somewhere else', { networks: ['10.0.0.0/8'], k3s: { clusterCidr: '172.20.0.0/16' } }, []],
    [
      'around pods in IPv6',
      { networks: ['fd00::/8'], k3s: { ipv6 } },
      ['pods-in-network functions.pay.http.networks.0'],
    ],
    ['around IPv6 pods that there are not', { networks: ['fd00::/8'] }, []],
    [
      'around nodes of which there are several',
      { networks: ['10.9.0.0/24'], nodes: two, k3s: { ipv6 } },
      ['pods-in-network functions.pay.http.networks.0'],
    ],
    [
      'that is a node',
      { exempt: ['10.9.0.2/32'], nodes: two, k3s: { ipv6 } },
      ['network-of-pods gateway.exempt.0'],
    ],
    ['around the one node', { networks: ['10.9.0.0/24'], nodes: { a: { address: '10.9.0.1' } } }, []],
    ['of all of IPv4', { networks: ['0.0.0.0/0'] }, ['network-of-everybody functions.pay.http.networks.0']],
    [
      'of everybody',
      { networks: ['0.0.0.0/0', '::/0'] },
      [
        'network-of-everybody functions.pay.http.networks.0',
        'network-of-everybody functions.pay.http.networks.1',
      ],
    ],
    ['of everybody without limits', { exempt: ['::/0'] }, ['everybody-exempt gateway.exempt.0']],
    [
      'of trusted everybody',
      { trusted: ['0.0.0.0/0'] },
      ['everybody-trusted gateway.trustedProxies.networks.0'],
    ],
    ['that opens the administration', { admin: ['0.0.0.0/0'] }, ['admin-open gateway.admin.networks.0']],
    ['of IPv4 in IPv6', { exempt: ['::ffff:c000:200/120'] }, ['network-mapped gateway.exempt.0']],
    [
      'and a node whose address nobody knows',
      {
        exempt: ['203.0.113.0/24'],
        nodes: { a: { role: 'server', address: '10.9.0.1' }, b: { role: 'agent' } },
      },
      ['node-not-kept-out nodes.b', 'address-unknown nodes.b'],
    ],
  ])('%s', (_, lists, expected) => {
    expect(reported(lists).sort()).toEqual(expected.map((one) => `resolve/${one}`).sort());
  });

  it('becomes what is opened and what is taken out of it', () => {
    const [platform] = resolve(
      config({
        networks: ['10.0.0.0/8', 'fd00::/8'],
        exempt: ['10.0.0.0/8', '192.0.2.0/24'],
        trusted: ['10.8.0.0/15'],
        nodes: two,
        k3s: { ipv6 },
      }),
    );
    expect(platform?.functions[0]?.http.networks).toEqual({
      networks: ['10.0.0.0/8', 'fd00::/8'],
      except: [
        '10.42.0.0/16',
        'fd00:42::/56',
        '10.9.0.1/32',
        'fd00:9::1/128',
        '10.9.0.2/32',
        'fd00:9::2/128',
      ],
    });
    expect(platform?.gateway.exempt).toEqual({
      networks: ['10.0.0.0/8', '192.0.2.0/24'],
      except: ['10.42.0.0/16', '10.9.0.1/32', '10.9.0.2/32'],
    });
    const trusted = platform?.gateway.trustedProxies?.networks ?? [];
    expect(trusted[0]).toBe('10.8.0.0/16');
    expect(trusted).not.toContain('10.9.0.1/32');
    expect(trusted).toContain('10.9.0.0/32');
    expect(trusted).toHaveLength(17);
  });
});
