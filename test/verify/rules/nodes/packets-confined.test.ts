import { describe, expect, it } from 'vitest';
import { compileConfig } from '../../../../src/compile.ts';
import type { PlatformConfig } from '../../../../src/config/platform-config.ts';
import type { Dist } from '../../../../src/verify/dist.ts';
import { readDist } from '../../../../src/verify/read/dist.ts';
import { packetsConfined } from '../../../../src/verify/rules/nodes/packets-confined.ts';
import { socketsAsDeclared } from '../../../../src/verify/rules/nodes/sockets-as-declared.ts';
import { cases } from '../../../cases/index.ts';
import { smallest } from '../../../cases/smallest.ts';

function distOf(config: unknown): Dist {
  const { artifacts } = compileConfig(config, 'platform.config.ts');
  const [dist] = readDist(new Map(artifacts.map(({ path, text }) => [path, text])));
  if (dist === undefined) throw new Error('cannot be read back');
  return dist;
}

const place = '/etc/fjord/firewall.nft';

/** With a text of each node's packet filter replaced, wherever it is. */
function withFilter(dist: Dist, from: string, to: string): Dist {
  return {
    ...dist,
    nodes: dist.nodes.map((node) => {
      const file = node.files.get(place);
      if (file === undefined || !file.text.includes(from)) throw new Error(`no ${from}`);
      const text = file.text.replaceAll(from, () => to);
      return { ...node, files: new Map(node.files).set(place, { ...file, text }) };
    }),
  };
}

const nodes = {
  'node-1': { role: 'server', address: '10.10.0.1', address6: 'fd00:10::1' },
  'node-2': { role: 'agent', address: '10.10.0.2', address6: 'fd00:10::2' },
} as const;
const ipv6 = { clusterCidr: 'fd00:42::/56', serviceCidr: 'fd00:43::/112' };
const several = (flannelBackend: 'vxlan' | 'wireguard-native' | 'host-gw'): PlatformConfig => ({
  ...smallest,
  nodes,
  k3s: { ipv6, flannelBackend },
});

describe('packets of pods and Services', () => {
  it.each(Object.entries(cases))('are confined in the case %s', (_, config) =>
    expect(packetsConfined.check(distOf(config))).toEqual([]),
  );

  const one = distOf(smallest);
  const both = distOf({ ...smallest, k3s: { ipv6 } });
  const [vxlan, wireguard, bare] = (['vxlan', 'wireguard-native', 'host-gw'] as const).map((backend) =>
    distOf(several(backend)),
  ) as [Dist, Dist, Dist];
  it.each([one, both, vxlan, wireguard, bare].map((dist, index) => [index, dist] as const))(
    'are confined with each network between nodes (%i)',
    (_, dist) => expect(packetsConfined.check(dist)).toEqual([]),
  );

  const services = 'ip daddr 10.43.0.0/16';
  const faults: [string, Dist, string, string, string][] = [
    ['no guard of Services at output', one, `    ${services} goto refuse\n`, '', 'leave'],
    ['half of the Services', one, `${services} goto`, 'ip daddr 10.43.0.0/17 goto', 'leave'],
    ['Services of another cluster', one, services, 'ip daddr 10.53.0.0/16', 'leave'],
    ['a silent drop, which callers wait for', one, `${services} goto refuse`, `${services} drop`, 'leave'],
    ['no guard behind the routes', one, `    ${services} drop\n`, '', 'leave'],
    [
      'an accept before it',
      one,
      '    oif lo accept\n',
      '    oifname eth0 accept\n    oif lo accept\n',
      'leave',
    ],
    ['a policy for a guard of its own', one, '    ip daddr 10.42.0.0/16 drop\n', '', 'leave'],
    ['pods by any router', one, '!= { 10.42.0.0/16 }', '!= { 10.42.0.0/16, 192.0.2.0/24 }', 'leave'],
    ['pods by any device', one, 'oifname { cni0 }', 'oifname { cni0, eth0 }', 'leave'],
    ['a chain that refuses nothing', one, 'reject with icmpx admin-prohibited', 'accept', 'leave'],
    ['a chain that refuses TCP alone', one, '    reject with icmpx admin-prohibited\n', '', 'leave'],
    ['Services of IPv6 forgotten', both, '    ip6 daddr fd00:43::/112 drop\n', '', 'leave'],
    ['pods of IPv6 forgotten', both, '    ip6 daddr fd00:42::/56 drop\n', '', 'leave'],
    [
      'a router for all',
      one,
      'hook forward priority filter; policy drop',
      'hook forward priority filter; policy accept',
      'passed-on',
    ],
    [
      'a hole in the forward chain',
      one,
      'iifname cni0 oifname cni0 accept',
      'oifname cni0 accept',
      'passed-on',
    ],
    [
      'a way for one neighbour',
      one,
      'iifname cni0 oifname cni0 accept',
      'ip saddr 198.51.100.7 accept',
      'passed-on',
    ],
    [
      'new connections among the known',
      one,
      'ct state established,related accept',
      'ct state new,established,related accept',
      'passed-on',
    ],
    [
      'forged pods',
      vxlan,
      'iifname { flannel.1, flannel-v6.1 } oifname cni0 ip saddr',
      'oifname cni0 ip saddr',
      'passed-on',
    ],
    [
      'strangers by the tunnel',
      wireguard,
      'oifname cni0 ip saddr 10.42.0.0/16 ip daddr',
      'oifname cni0 ip daddr',
      'passed-on',
    ],
    [
      'the tunnel to everywhere',
      wireguard,
      'oifname cni0 ip saddr 10.42.0.0/16 ip daddr 10.42.0.0/16 accept',
      'ip saddr 10.42.0.0/16 accept',
      'passed-on',
    ],
    ['bare pods of any way', bare, ' fib saddr . iif oif exists', '', 'passed-on'],
    [
      'a network of peers',
      bare,
      'ip saddr { 10.42.0.0/16, 10.10.0.',
      'ip saddr { 10.42.0.0/16, 10.11.0.',
      'passed-on',
    ],
    [
      'no pods of other nodes',
      vxlan,
      'iifname { flannel.1, flannel-v6.1 }',
      'iifname { flannel.2, flannel-v6.1 }',
      'lost',
    ],
    [
      'no way to pods of other nodes',
      vxlan,
      'oifname { cni0, flannel.1, flannel-v6.1 }',
      'oifname { cni0, flannel-v6.1 }',
      'lost',
    ],
    ['no route by a peer', bare, 'rt ip nexthop { 10.10.0.', 'rt ip nexthop { 10.11.0.', 'lost'],
    ['pods cut off', one, '    iifname cni0 ip saddr 10.42.0.0/16 accept\n', '', 'lost'],
    [
      'pods of half the range cut off',
      one,
      'iifname cni0 ip saddr 10.42.0.0/16',
      'iifname cni0 ip saddr 10.42.0.0/17',
      'lost',
    ],
    [
      'answers refused',
      one,
      'ct state established,related accept',
      'ct state established,related drop',
      'lost',
    ],
    ['the bridge stopped', one, '    iifname cni0 oifname cni0 accept\n', '', 'lost'],
    ['loopback refused', one, 'iif lo accept', 'iif lo drop', 'lost'],
    ['the node cut off', one, '    oif lo accept\n', '    ip daddr 203.0.113.0/24 drop\n', 'lost'],
  ];
  it.each(faults)('%s is caught', (_, dist, from, to, kind) => {
    const codes = packetsConfined.check(withFilter(dist, from, to)).map(({ code }) => code);
    expect(codes).toContain(kind === 'leave' ? 'verify/packets-leave' : `verify/packets-${kind}`);
  });
});

describe('nodes that only the trusted proxies reach', () => {
  const files = { certificate: '/etc/ssl/a.pem', key: '/etc/ssl/a.key' };
  const proxied = (tls: object) =>
    distOf({
      ...smallest,
      gateway: {
        tls,
        trustedProxies: { networks: ['198.51.100.0/24', '2001:db8:c::/48'] },
        reachableFrom: 'trusted-proxies',
      },
    });
  const [closed, challenged] = [proxied({ files }), proxied({})];
  const said = (dist: Dist) => socketsAsDeclared.check(dist).map(({ code, message }) => `${code} ${message}`);

  it('are as declared', () => {
    expect(said(closed)).toEqual([]);
    expect(said(challenged)).toEqual([]);
  });

  it.each<[string, Dist, string, string, string]>([
    [
      '443 open to all',
      closed,
      'tcp dport { 22 }',
      'tcp dport { 22, 443 }',
      'port 443/tcp is open to everyone',
    ],
    ['80 open to all', closed, 'tcp dport { 22 }', 'tcp dport { 22, 80 }', 'port 80/tcp is open to everyone'],
    [
      'a network more',
      closed,
      '{ 198.51.100.0/24 }',
      '{ 198.51.100.0/24, 192.0.2.0/24 }',
      'open to 192.0.2.0/24, 198.51.100.0/24',
    ],
    ['a network too wide', closed, '{ 198.51.100.0/24 }', '{ 198.51.0.0/16 }', 'open to 198.51.0.0/16'],
    ['a network less', closed, '2001:db8:c::/48', '2001:db8:c::/56', 'is declared open to 2001:db8:c::/48'],
    [
      'challenges shut out',
      challenged,
      'tcp dport { 22, 80 }',
      'tcp dport { 22 }',
      'tcp 80 is declared open',
    ],
    [
      '443 open beside challenges',
      challenged,
      'tcp dport { 22, 80 }',
      'tcp dport { 22, 80, 443 }',
      'port 443/tcp is open to everyone',
    ],
  ])('%s is caught', (_, dist, from, to, message) => {
    expect(said(withFilter(dist, from, to)).join('\n')).toContain(message);
  });

  it('a network that only the lock file names is not one of theirs', () => {
    const wider = withFilter(closed, '{ 198.51.100.0/24 }', '{ 192.0.2.0/24, 198.51.100.0/24 }');
    const lock = {
      ...wider.lock,
      gateway: {
        ...wider.lock.gateway,
        reachableFrom: ['192.0.2.0/24', '198.51.100.0/24', '2001:db8:c::/48'],
      },
    };
    expect(said({ ...wider, lock }).join('\n')).toContain('open to 192.0.2.0/24, 198.51.100.0/24');
  });
});

it("IPv6 addresses of pods are believed on the node's bridge alone", () => {
  const global = { clusterCidr: '2001:db8:42::/56', serviceCidr: '2001:db8:43::/112' };
  const dist = distOf({ ...smallest, nodes, k3s: { ipv6: global } });
  expect(socketsAsDeclared.check(dist)).toEqual([]);
  const open = withFilter(dist, 'iifname cni0 ip6 saddr 2001:db8:42::/56', 'ip6 saddr 2001:db8:42::/56');
  expect(socketsAsDeclared.check(open).map(({ code }) => code)).toContain('verify/socket-open');
});
