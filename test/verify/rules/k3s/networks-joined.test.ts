import { expect, it } from 'vitest';
import { compileConfig } from '../../../../src/compile.ts';
import { places } from '../../../../src/platform/nodes/places.ts';
import type { Dist } from '../../../../src/verify/dist.ts';
import { readDist } from '../../../../src/verify/read/dist.ts';
import { joinedAtFirstServer } from '../../../../src/verify/rules/k3s/joined-at-first-server.ts';
import { networksJoined } from '../../../../src/verify/rules/k3s/networks-joined.ts';
import { fiveServersAndAgents } from '../../../cases/five-servers-and-agents.ts';
import { twoProviders } from '../../../cases/two-providers.ts';

function distOf(config: typeof twoProviders): Dist {
  const { artifacts } = compileConfig(config, 'platform.config.ts');
  const [dist] = readDist(new Map(artifacts.map(({ path, text }) => [path, text])));
  if (dist === undefined) throw new Error('it does not compile');
  return dist;
}

const two = distOf(twoProviders);

/** With another line in a node's filter. */
function filtering(dist: Dist, name: string, from: string | RegExp, to: string): Dist {
  return {
    ...dist,
    nodes: dist.nodes.map((node) => {
      const file = node.files.get(places.firewall);
      if (node.name !== name || file === undefined) return node;
      expect(file.text).toMatch(from);
      const text = file.text.replace(from, to);
      return { ...node, files: new Map([...node.files, [places.firewall, { ...file, text }]]) };
    }),
  };
}

function setting(name: string, key: string, value: unknown): Dist {
  return {
    ...two,
    nodes: two.nodes.map((node) =>
      node.name === name ? { ...node, k3sConfig: { ...node.k3sConfig, [key]: value } } : node,
    ),
  };
}

it.each([
  ['nodes of two providers', two],
  ['nodes of one network', distOf(fiveServersAndAgents)],
])('accepts %s', (_, dist) =>
  expect([...networksJoined.check(dist), ...joinedAtFirstServer.check(dist)]).toEqual([]),
);

const sources = 'ip saddr { 10.0.0.12, 192.0.2.24, 203.0.113.22, 198.51.100.23 }';

it.each<[string, Dist, string[]]>([
  ['another backend', setting('oslo-1', 'flannel-backend', 'host-gw'), ['verify/external-not-tunnelled']],
  ['inner addresses', setting('oslo-1', 'flannel-external-ip', undefined), ['verify/external-not-tunnelled']],
  [
    'a filter without the external address of an agent',
    filtering(two, 'oslo-1', `${sources} udp`, 'ip saddr { 10.0.0.12, 192.0.2.24, 203.0.113.22 } udp'),
    ['verify/external-refused'],
  ],
  [
    'a filter with inner addresses only',
    filtering(two, 'oslo-1', `${sources} tcp`, 'ip saddr { 10.0.0.12, 192.0.2.24 } tcp'),
    Array(4).fill('verify/external-refused'),
  ],
  [
    'packets to itself that leave',
    filtering(two, 'oslo-2', /^ +ip daddr 203\.0\.113\.22 dnat .*\n/m, ''),
    ['verify/own-address-leaves'],
  ],
  [
    'packets to itself that go to another machine',
    filtering(two, 'oslo-1', '10.0.0.11:6443', '10.0.0.12:6443'),
    ['verify/own-address-leaves'],
  ],
  [
    'packets of clients that are translated as well',
    filtering(two, 'oslo-1', 'iifname cni0 ip daddr 203', 'ip daddr 203'),
    ['verify/own-address-leaves'],
  ],
  [
    'translation on a node that has no external address',
    filtering(
      two,
      'oslo-4',
      '  chain refuse {',
      '  chain other {\n    type nat hook output priority -110; policy accept;\n    ip daddr 192.0.2.9 dnat ip to 192.0.2.24\n  }\n\n  chain refuse {',
    ),
    ['verify/own-address-leaves'],
  ],
])('finds %s', (_, dist, codes) => expect(networksJoined.check(dist).map(({ code }) => code)).toEqual(codes));

it('finds agents that join at an address of another network', () => {
  expect(
    joinedAtFirstServer.check(setting('oslo-3', 'server', 'https://10.0.0.11:6443')).map(({ code }) => code),
  ).toEqual(['verify/joins-elsewhere']);
  expect(
    joinedAtFirstServer.check(setting('oslo-1', 'tls-san', ['10.0.0.11'])).map(({ code }) => code),
  ).toEqual(['verify/certificate-lacks']);
});
