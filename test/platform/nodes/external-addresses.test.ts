import { describe, expect, it } from 'vitest';
import { compileConfig } from '../../../src/compile.ts';
import type { K3sConfig } from '../../../src/config/k3s/k3s.ts';
import type { NodeConfig } from '../../../src/config/nodes/node.ts';
import { resolve } from '../../../src/platform/resolve.ts';
import { twoProviders } from '../../cases/two-providers.ts';
import { platformWith } from '../edit.ts';

const tls = { files: { certificate: '/etc/ssl/a.pem', key: '/etc/ssl/a.key' } };

function reported(nodes: Record<string, NodeConfig>, k3s: K3sConfig = {}): string[] {
  return resolve(platformWith({ nodes, k3s, gateway: { tls } }))[1].map(
    ({ code, path }) => `${code} ${path.join('.')}`,
  );
}

const a: NodeConfig = {
  provider: 'aws',
  role: 'server',
  address: '10.0.0.1',
  externalAddress: '203.0.113.1',
};
const b: NodeConfig = { provider: 'gcp', role: 'agent', externalAddress: '198.51.100.2' };

describe('resolving external addresses reports', () => {
  const cases: [string, string[], Record<string, NodeConfig>, K3sConfig?][] = [
    ['nothing of an agent elsewhere, behind a NAT', [], { a, b }],
    [
      'nothing of one without a NAT',
      [],
      { a, b: { ...b, externalAddress: undefined, address: '192.0.2.2' } },
    ],
    ['nothing of WireGuard that is written', [], { a, b }, { flannelBackend: 'wireguard-native' }],
    [
      'nothing of three servers in one network',
      [],
      {
        a,
        b: { ...a, address: '10.0.0.2', externalAddress: '203.0.113.2' },
        c: { ...a, address: '10.0.0.3', externalAddress: '203.0.113.3' },
      },
    ],
    ['one on the only node', ['resolve/external-address-unused nodes.a.externalAddress'], { a }],
    [
      'one with another backend',
      ['resolve/external-needs-wireguard k3s.flannelBackend'],
      { a, b },
      { flannelBackend: 'vxlan' },
    ],
    [
      'addresses that no other network reaches',
      ['c', 'd', 'e', 'f'].map((name) => `resolve/external-address-inside nodes.${name}.externalAddress`),
      {
        a,
        b,
        c: { ...b, externalAddress: '10.0.0.9' },
        d: { ...b, externalAddress: '100.64.0.9' },
        e: { ...b, externalAddress: '127.0.0.1' },
        f: { ...b, externalAddress: '169.254.0.9' },
      },
    ],
    [
      'one that is its own',
      ['resolve/external-address-own nodes.b.externalAddress'],
      { a, b: { ...b, address: '198.51.100.2' } },
    ],
    [
      'one of two nodes, which share a NAT or copied a line',
      [
        'resolve/external-address-twice nodes.b.externalAddress',
        'resolve/external-address-twice nodes.d.externalAddress',
      ],
      {
        a,
        b: { ...b, externalAddress: '203.0.113.1' },
        c: { role: 'agent', address: '192.0.2.3' },
        d: { ...b, externalAddress: '192.0.2.3' },
      },
    ],
    [
      'a private node that other networks do not reach',
      ['resolve/external-address-missing nodes.c'],
      { a, b, c: { provider: 'aws', role: 'agent', address: '10.0.0.3' } },
    ],
    [
      'servers between which etcd would go over the internet',
      ['resolve/servers-apart nodes.c'],
      {
        a,
        b: { ...a, address: '10.0.0.2', externalAddress: '203.0.113.2' },
        c: { ...a, provider: 'gcp', address: '10.1.0.3', externalAddress: '198.51.100.3' },
      },
    ],
    [
      'one in the network of pods',
      ['resolve/node-in-cluster-range nodes.b.externalAddress'],
      { a, b },
      { clusterCidr: '198.51.0.0/16' },
    ],
  ];
  it.each(cases)('%s', (_, expected, nodes, k3s) =>
    expect(reported(nodes, k3s).sort()).toEqual(expected.sort()),
  );
});

it('agents join at the external address of the first server, servers at its own', () => {
  const [platform] = resolve(
    platformWith({
      nodes: {
        a,
        b,
        c: { ...a, address: '10.0.0.3', externalAddress: '203.0.113.3' },
        d: { ...a, address: '10.0.0.4', externalAddress: '203.0.113.4' },
      },
    }),
  );
  expect(platform?.nodes.map(({ name, joins }) => [name, joins])).toEqual([
    ['a', undefined],
    ['b', '203.0.113.1'],
    ['c', '10.0.0.1'],
    ['d', '10.0.0.1'],
  ]);
  const externals = ['203.0.113.1', '203.0.113.3', '203.0.113.4'];
  expect(platform?.k3s.tlsSans).toEqual(['10.0.0.1', '10.0.0.3', '10.0.0.4', ...externals]);
});

it('nodes ask each other for challenges at external addresses, and calls of pods from there are calls of pods', () => {
  const { artifacts } = compileConfig(twoProviders, 'platform.config.ts');
  const conf = artifacts.find(({ path }) => path === 'nginx/openfaas.conf')?.text ?? '';
  expect(conf).toMatch(
    /upstream openfaas_challenges \{[^}]*server 203\.0\.113\.21:80[^}]*server 203\.0\.113\.22:80/,
  );
  const insiders = resolve({
    ...twoProviders,
    gateway: { exempt: ['203.0.113.21/32', '198.51.100.23/32', '192.0.2.24/32'] },
  })[1].filter(({ code }) => code === 'resolve/network-of-pods');
  expect(insiders.map(({ path }) => path.at(-1))).toEqual([0, 1, 2]);
});
