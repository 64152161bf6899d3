import { describe, expect, it } from 'vitest';
import type { K3sConfig } from '../../../src/config/k3s/k3s.ts';
import type { NodeConfig } from '../../../src/config/nodes/node.ts';
import type { PlatformConfig } from '../../../src/config/platform-config.ts';
import { neededK3s } from '../../../src/platform/k3s/keys.ts';
import type { Platform } from '../../../src/platform/platform.ts';
import { resolve } from '../../../src/platform/resolve.ts';
import { platformWith } from '../edit.ts';

/** Code and path of everything that resolving a config reports. */
function reported(config: PlatformConfig): string[] {
  return resolve({ gateway: { tls: ownCertificate }, ...config })[1].map(
    ({ code, path }) => `${code} ${path.join('.')}`,
  );
}

/** One that no node has to ask for. */
const ownCertificate = { files: { certificate: '/etc/ssl/a.pem', key: '/etc/ssl/a.key' } };

const server = (address?: string, more: NodeConfig = {}): NodeConfig => ({
  role: 'server',
  ...(address !== undefined && { address }),
  ...more,
});
const agent = (address?: string, more: NodeConfig = {}): NodeConfig => ({
  ...server(address, more),
  role: 'agent',
});
const nodes = (all: Record<string, NodeConfig>) => platformWith({ nodes: all });
const k3s = (config: K3sConfig) => platformWith({ k3s: config });
/** Six nodes with nginx. */
const six = Object.fromEntries([
  ['a', server('10.0.0.1')],
  ...['b', 'c', 'd', 'e', 'f'].map((name, index) => [name, agent(`10.0.0.${index + 2}`, { nginx: true })]),
]);
const dual: K3sConfig = { ipv6: { clusterCidr: 'fd00:42::/56', serviceCidr: 'fd00:43::/112' } };

describe('resolving nodes reports', () => {
  const cases: [string, PlatformConfig, string[]][] = [
    ['nothing of a server and an agent', nodes({ a: server('10.0.0.1'), b: agent('10.0.0.2') }), []],
    [
      'nothing of three servers',
      nodes({ a: server('10.0.0.1'), b: server('10.0.0.2'), c: server('10.0.0.3') }),
      [],
    ],
    [
      'nothing of challenges that nodes pass on',
      { ...nodes({ a: server('10.0.0.1'), b: agent('10.0.0.2', { nginx: true }) }), gateway: {} },
      [],
    ],
    [
      'a challenge that a node without an address waits for',
      { ...nodes({ a: server('10.0.0.1'), b: agent(undefined, { nginx: true }) }), gateway: {} },
      ['resolve/address-unknown nodes.b', 'resolve/challenge-elsewhere gateway.tls'],
    ],
    [
      'nothing of it with challenges by DNS',
      {
        ...nodes({ a: server('10.0.0.1'), b: agent(undefined, { nginx: true }) }),
        gateway: { tls: { dns: { plugin: 'ovh', credentials: '/etc/fjord/ovh.ini' } } },
      },
      ['resolve/address-unknown nodes.b'],
    ],
    [
      'a gateway without IPv6 in a cluster that has it',
      { ...platformWith({ k3s: dual }), gateway: { ipv6: false, tls: ownCertificate } },
      ['resolve/ipv6-needed gateway.ipv6'],
    ],
    [
      'DNS servers that are the pod itself, a pod or a Service',
      k3s({ resolvers: ['127.0.0.53', '10.42.0.9', '10.43.0.10'] }),
      [0, 1, 2].map((index) => `resolve/resolver-inside k3s.resolvers.${index}`),
    ],
    [
      'nothing of DNS servers elsewhere',
      k3s({ resolvers: ['10.42.0.9', '0.0.0.0'], clusterCidr: '10.100.0.0/16' }),
      ['resolve/resolver-inside k3s.resolvers.1'],
    ],
    [
      'more certificates than there are in a week',
      { ...nodes(six), gateway: {} },
      ['resolve/certificates-per-week gateway.tls'],
    ],
    [
      'nothing of them from another authority',
      { ...nodes(six), gateway: { tls: { directory: 'https://ca.example.no/dir' } } },
      [],
    ],
    ['an agent alone', nodes({ a: { role: 'agent', nginx: true } }), ['resolve/no-server nodes']],
    ['two servers', nodes({ a: server('10.0.0.1'), b: server('10.0.0.2') }), ['resolve/servers-even nodes']],
    [
      'a missing role, and not what follows from it',
      nodes({ a: server('10.0.0.1'), b: { address: '10.0.0.2' } }),
      ['resolve/node-without-role nodes.b'],
    ],
    [
      'nowhere to join',
      nodes({ a: server(), b: agent('10.0.0.2') }),
      ['resolve/first-without-address nodes.a'],
    ],
    [
      'a server that etcd cannot reach',
      nodes({ a: server('10.0.0.1'), b: server('10.0.0.2'), c: server() }),
      ['resolve/server-without-address nodes.c'],
    ],
    [
      'an agent that may come from anywhere',
      nodes({ a: server('10.0.0.1'), b: agent() }),
      ['resolve/address-unknown nodes.b'],
    ],
    [
      'an open vxlan',
      platformWith({
        nodes: { a: server('10.0.0.1'), b: agent() },
        k3s: { flannelBackend: 'vxlan' },
      }),
      ['resolve/address-needed nodes.b', 'resolve/pods-unencrypted k3s.flannelBackend'],
    ],
    [
      'one address twice',
      nodes({ a: server('10.0.0.1'), b: agent('10.0.0.1') }),
      ['resolve/address-twice nodes.b.address'],
    ],
    [
      'one IPv6 address twice, written in two ways',
      platformWith({
        nodes: {
          a: server('10.0.0.1', { address6: 'fd00::1' }),
          b: agent('10.0.0.2', { address6: 'fd00:0:0::1' }),
        },
        k3s: dual,
      }),
      ['resolve/address-twice nodes.b.address6'],
    ],
    [
      'two first servers',
      nodes({
        a: server('10.0.0.1', { first: true }),
        b: server('10.0.0.2'),
        c: server('10.0.0.3', { first: true }),
      }),
      ['resolve/first-twice nodes.c.first'],
    ],
    [
      'a first agent',
      nodes({ a: server('10.0.0.1'), b: agent('10.0.0.2', { first: true }) }),
      ['resolve/first-is-agent nodes.b.first'],
    ],
    ['no nginx', nodes({ a: { nginx: false } }), ['resolve/no-nginx nodes']],
    [
      'taints everywhere',
      nodes({ a: { taints: ['x=y:NoExecute', 'z:PreferNoSchedule'] } }),
      ['resolve/nothing-schedulable nodes'],
    ],
    [
      'labels that are not ours to set',
      nodes({
        a: { labels: { 'kubernetes.io/x': '1', 'node.k8s.io/y': '2', 'kubernetes.io.example.no/z': '3' } },
      }),
      [
        'resolve/label-reserved nodes.a.labels.kubernetes.io/x',
        'resolve/label-reserved nodes.a.labels.node.k8s.io/y',
      ],
    ],
    [
      'a machine called localhost',
      nodes({ localhost: {} }),
      ['resolve/node-named-localhost nodes.localhost'],
    ],
    [
      'a machine in the network of pods',
      nodes({ a: server('10.42.7.1') }),
      ['resolve/node-in-cluster-range nodes.a.address'],
    ],
    [
      'a machine in the network of pods, by IPv6',
      platformWith({
        nodes: { a: server('10.0.0.1', { address6: 'fd00:42::7' }) },
        k3s: dual,
      }),
      ['resolve/node-in-cluster-range nodes.a.address6'],
    ],
    [
      'IPv6 that nothing uses',
      nodes({ a: server('10.0.0.1', { address6: 'fd00::1' }) }),
      ['resolve/address6-unused nodes.a.address6'],
    ],
    [
      'half of a pair of addresses',
      platformWith({ nodes: { a: server('10.0.0.1') }, k3s: dual }),
      ['resolve/address6-missing nodes.a'],
    ],
    [
      'the other half',
      platformWith({ nodes: { a: server(undefined, { address6: 'fd00::1' }) }, k3s: dual }),
      ['resolve/address-missing nodes.a.address6'],
    ],
    [
      'what only looks like IPv6',
      platformWith({ nodes: { a: server('10.0.0.1', { address6: '1::2::3' }) }, k3s: dual }),
      ['resolve/not-ipv6 nodes.a.address6'],
    ],
  ];
  it.each(cases)('%s', (_, config, expected) => expect(reported(config)).toEqual(expected));
});

describe('resolving K3s reports', () => {
  const two = { a: server('203.0.113.1'), b: agent('10.0.0.2') };
  const cases: [string, PlatformConfig, string[]][] = [
    [
      'a DNS outside of the range',
      k3s({ clusterDns: '10.44.0.10' }),
      ['resolve/dns-not-in-range k3s.clusterDns'],
    ],
    ['a DNS that is the API', k3s({ clusterDns: '10.43.0.1' }), ['resolve/dns-not-in-range k3s.clusterDns']],
    [
      'a DNS that is the gateway',
      k3s({ clusterDns: '10.43.0.80' }),
      ['resolve/dns-is-gateway k3s.clusterDns'],
    ],
    [
      'too little room for pods',
      platformWith({
        nodes: { a: server('10.0.0.1'), b: agent('10.0.0.2') },
        k3s: { clusterCidr: '10.42.0.0/24' },
      }),
      ['resolve/pod-range-too-small k3s.clusterCidr'],
    ],
    [
      'too much room for Services',
      k3s({ clusterCidr: '192.168.0.0/16', serviceCidr: '10.0.0.0/11' }),
      ['resolve/service-range-too-large k3s.serviceCidr'],
    ],
    [
      'IPv6 ranges that overlap, and Services that are too many',
      k3s({ ipv6: { clusterCidr: 'fd00:42::/56', serviceCidr: 'fd00:42::/108' } }),
      ['resolve/ranges-overlap k3s.ipv6.serviceCidr', 'resolve/service-range-too-large k3s.ipv6.serviceCidr'],
    ],
    [
      'IPv6 ranges that are none',
      k3s({ ipv6: { clusterCidr: '1::2::/56', serviceCidr: '1:2:3:4:5:6:7:8::/112' } }),
      ['resolve/not-ipv6 k3s.ipv6.clusterCidr', 'resolve/not-ipv6 k3s.ipv6.serviceCidr'],
    ],
    [
      'less than a /64 of IPv6 for each node',
      k3s({ ipv6: { clusterCidr: 'fd00:42::/80', serviceCidr: 'fd00:43::/112' } }),
      ['resolve/pod-range-too-small k3s.ipv6.clusterCidr'],
    ],
    [
      'pods in the clear on the internet',
      platformWith({ nodes: two, k3s: { flannelBackend: 'host-gw' } }),
      ['resolve/pods-unencrypted k3s.flannelBackend'],
    ],
    [
      'a group for nothing',
      k3s({ kubeconfigGroup: 'ops' }),
      ['resolve/kubeconfig-group-unused k3s.kubeconfigGroup'],
    ],
    ['a key that is too new', k3s({ kubeconfigName: 'shop' }), ['resolve/k3s-too-old k3s.kubeconfigName']],
    [
      'a wildcard that is too new',
      k3s({ version: 'v1.35.9+k3s1', tlsSan: ['a.example.no', '*.example.no'] }),
      ['resolve/k3s-too-old k3s.tlsSan.1'],
    ],
    ['snapshots of SQLite', k3s({ snapshots: {} }), ['resolve/snapshots-without-etcd k3s.snapshots']],
    [
      'SQLite of three',
      platformWith({
        nodes: { a: server('10.0.0.1'), b: server('10.0.0.2'), c: server('10.0.0.3') },
        k3s: { datastore: 'sqlite' },
      }),
      ['resolve/sqlite-of-one k3s.datastore'],
    ],
    [
      'a kernel that a protecting kubelet refuses',
      platformWith({
        k3s: { hardening: 'cis' },
        kernel: { sysctl: { 'vm.overcommit_memory': 2, 'kernel.panic': 10 } },
      }),
      ['resolve/sysctl-against-hardening kernel.sysctl.vm.overcommit_memory'],
    ],
    ['Git without a repository', platformWith({ delivery: 'gitops' }), ['resolve/git-missing delivery']],
    [
      'a repository that nothing reads',
      platformWith({
        delivery: { mode: 'embedded', git: { tool: 'flux', repository: 'https://git.example.no/x' } },
      }),
      ['resolve/git-not-used delivery.git'],
    ],
  ];
  it.each(cases)('%s', (_, config, expected) => expect(reported(config)).toEqual(expected));
});

describe('a resolved cluster', () => {
  const platform = (config: PlatformConfig): Platform => {
    const [value] = resolve(config);
    if (value === undefined) throw new Error(reported(config).join());
    return value;
  };

  it('has the first server by name, unless another one says so', () => {
    const three = { a: server('10.0.0.1'), b: server('10.0.0.2'), c: server('10.0.0.3') };
    const first = (all: Record<string, NodeConfig>) =>
      platform(nodes(all)).nodes.map(({ name, first: isFirst, joins }) => [name, isFirst, joins]);
    expect(first(three)).toEqual([
      ['a', true, undefined],
      ['b', false, '10.0.0.1'],
      ['c', false, '10.0.0.1'],
    ]);
    expect(first({ ...three, b: server('10.0.0.2', { first: true }) })).toEqual([
      ['a', false, '10.0.0.2'],
      ['b', true, undefined],
      ['c', false, '10.0.0.2'],
    ]);
  });

  it('gives each node the tokens that it needs, and an agent never the server token', () => {
    const tokens = (all: Record<string, NodeConfig>) => platform(nodes(all)).nodes.map((node) => node.tokens);
    const [a, b, c] = [server('10.0.0.1'), server('10.0.0.2'), server('10.0.0.3')];
    const d = agent('10.0.0.4');
    expect(tokens({ a })).toEqual([[]]);
    expect(tokens({ a, d })).toEqual([['agent'], ['agent']]);
    expect(tokens({ a, b, c })).toEqual([['server'], ['server'], ['server']]);
    expect(tokens({ a, b, c, d }).slice(2)).toEqual([['server', 'agent'], ['agent']]);
  });

  it('encrypts between nodes unless all are in private networks', () => {
    const backend = (...addresses: (string | undefined)[]) =>
      platform(
        nodes(
          Object.fromEntries(addresses.map((address, n) => [`n${n}`, n ? agent(address) : server(address)])),
        ),
      ).k3s.flannelBackend;
    expect(backend('203.0.113.1')).toBe('vxlan');
    expect(backend('10.0.0.1', '192.168.1.1', '100.64.0.1')).toBe('vxlan');
    expect(backend('10.0.0.1', '203.0.113.1')).toBe('wireguard-native');
    expect(backend('10.0.0.1', undefined)).toBe('wireguard-native');
  });
});

it.each([
  ['write-kubeconfig-name', 'v1.36.5+k3s1', 'v1.37.0+k3s1'],
  ['write-kubeconfig-name', 'v1.37.1+k3s1', undefined],
  ['write-kubeconfig-name', 'v1.38.0+k3s1', undefined],
  ['helm-controller-arg', 'v1.33.13+k3s1', 'v1.33.13+k3s2'],
  ['helm-controller-arg', 'v1.33.13+k3s2', undefined],
  ['helm-controller-arg', 'v1.36.2+k3s1', 'v1.36.3+k3s1'],
  ['tls-san *', 'v1.35.9+k3s1', 'v1.36.3+k3s1'],
  ['tls-san', 'v1.33.0+k3s1', undefined],
])('%s of %s needs %s', (key, version, since) => expect(neededK3s(key, version)).toBe(since));
