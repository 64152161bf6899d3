import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { exposurePage } from '../../../scripts/exposure-page.ts';
import { compileConfig } from '../../../src/compile.ts';
import type { Dist, DistNode } from '../../../src/verify/dist.ts';
import { type OpenSocket, openSockets } from '../../../src/verify/exposure/open-sockets.ts';
import { readDist } from '../../../src/verify/read/dist.ts';
import { socketsAsDeclared } from '../../../src/verify/rules/nodes/sockets-as-declared.ts';
import { cases } from '../../cases/index.ts';
import { threeServers } from '../../cases/three-servers.ts';
import { articleRecipe } from './article.ts';

function distOf(config: unknown): Dist {
  const { artifacts } = compileConfig(config, 'platform.config.ts');
  const [dist] = readDist(new Map(artifacts.map(({ path, text }) => [path, text])));
  if (dist === undefined) throw new Error('cannot be read back');
  return dist;
}

function lines(sockets: readonly OpenSocket[]): string[] {
  return sockets.map(({ protocol, port, from, by }) => `${protocol} ${port} ${from} ${by}`);
}

/** A platform with the files of its first node changed. */
function withNode(dist: Dist, change: (node: DistNode) => Partial<DistNode>): Dist {
  return {
    ...dist,
    nodes: dist.nodes.map((node, index) => (index === 0 ? { ...node, ...change(node) } : node)),
  };
}

function withFirewall(dist: Dist, change: (text: string) => string): Dist {
  return withNode(dist, ({ files }) => {
    const file = files.get('/etc/fjord/firewall.nft');
    if (file === undefined) throw new Error('no packet filter');
    return { files: new Map(files).set('/etc/fjord/firewall.nft', { ...file, text: change(file.text) }) };
  });
}

describe('what can be opened from outside', () => {
  const reference = distOf(cases.reference);

  it('of the reference platform is SSH, 80 and 443', () => {
    expect(reference.nodes.map((node) => lines(openSockets(reference, node).sockets))).toEqual([
      [
        'tcp 22 anywhere SSH',
        'udp 68 anywhere client of DHCP',
        'tcp 80 anywhere nginx',
        'tcp 443 anywhere nginx',
        'udp 546 anywhere client of DHCP',
        'any every 10.42.0.0/16 everything that listens',
      ],
    ]);
  });

  it.each(Object.entries(cases))('of %s is what is declared', (_, config) => {
    expect(socketsAsDeclared.check(distOf(config))).toEqual([]);
  });

  it('of a cluster is more for its own nodes alone', () => {
    const dist = distOf(threeServers);
    expect(socketsAsDeclared.check(dist)).toEqual([]);
    const [first] = dist.nodes;
    const forPeers = first ? openSockets(dist, first).sockets.filter(({ from }) => from !== 'anywhere') : [];
    expect(lines(forPeers)).toContain('tcp 6443 10.10.0.2,10.10.0.3 Kubernetes API');
    expect(lines(forPeers)).toContain('tcp 2379 10.10.0.2,10.10.0.3 etcd');
  });

  const office = distOf(cases['every-option']);
  const faults: [string, Dist, string][] = [
    [
      'SSH for everybody, which is for some',
      withFirewall(office, (text) =>
        text.replace('ip saddr { 192.0.2.0/24 } tcp dport 2222', 'tcp dport 2222'),
      ),
      'port 2222/tcp is open to everyone (SSH)',
    ],
    [
      'a wider network for the API',
      withFirewall(office, (text) =>
        text.replace('ip saddr { 192.0.2.0/24 } tcp dport 6443', 'ip saddr { 192.0.2.0/23 } tcp dport 6443'),
      ),
      'port 6443/tcp is open to 192.0.2.0/23 (Kubernetes API)',
    ],
    [
      'a network shut out',
      withFirewall(office, (text) => text.replace(/^.*ip6 saddr \{ 2001:db8:7::\/48 \}.*\n/m, '')),
      'tcp 2222 is declared open to 2001:db8:7::/48',
    ],
    [
      'the port of a program closed',
      withFirewall(office, (text) => text.replace('udp dport { 41641 } accept', '')),
      'udp 41641 is declared open',
    ],
    ['no packet filter', withNode(reference, () => ({ files: new Map() })), 'every port is open to everyone'],
    ['a filter that is not installed', withNode(reference, () => ({ packages: [] })), 'port 6443/tcp'],
    [
      'a filter that lets everything in',
      withFirewall(reference, (text) => text.replace('policy drop', 'policy accept')),
      'port 10250/tcp',
    ],
    [
      'one port too many',
      withFirewall(reference, (text) => text.replace('22, 80', '22, 6443, 80')),
      'port 6443/tcp is open to everyone (Kubernetes API)',
    ],
    [
      'a range',
      withFirewall(reference, (text) => text.replace('22, 80', '22, 30000-32767, 80')),
      'port 30000-32767/tcp',
    ],
    [
      'a network too wide',
      withFirewall(reference, (text) => text.replace('10.42.0.0/16', '0.0.0.0/0')),
      'is open to 0.0.0.0/0',
    ],
    [
      'an accept for all',
      withFirewall(reference, (text) => text.replace('iif lo accept', 'accept')),
      'every port',
    ],
    [
      'no way in by SSH',
      withFirewall(reference, (text) => text.replace('22, 80', '80')),
      'tcp 22 is declared open',
    ],
    [
      'nginx shut out',
      withFirewall(reference, (text) => text.replace(', 443', '')),
      'tcp 443 is declared open',
    ],
    [
      'a rule that cannot be read',
      withFirewall(reference, (text) => text.replace('iif lo accept', 'iif eth0 accept')),
      'cannot read the rule',
    ],
    [
      'ServiceLB left on with a LoadBalancer',
      {
        ...withNode(reference, () => ({ k3sConfig: { disable: ['traefik'] } })),
        objects: articleRecipe('LoadBalancer').objects,
      },
      'ServiceLB',
    ],
  ];
  it.each(faults)('changes with %s', (_, dist, message) => {
    expect(
      socketsAsDeclared
        .check(dist)
        .map((one) => one.message)
        .join('\n'),
    ).toContain(message);
  });

  it('of the usual recipe is refused, with the reasons', () => {
    const messages = (type: 'LoadBalancer' | 'NodePort') =>
      socketsAsDeclared.check(articleRecipe(type)).map(({ message }) => message);
    expect(messages('LoadBalancer')).toEqual([
      "oslo-1: port 80/tcp is open to everyone (K3s' Traefik, by ServiceLB), but is not declared open",
      "oslo-1: port 443/tcp is open to everyone (K3s' Traefik, by ServiceLB), but is not declared open",
      'oslo-1: port 6443/tcp is open to everyone (Kubernetes API), but is not declared open',
      "oslo-1: port 8080/tcp is open to everyone (Service openfaas/gateway-external, by K3s' ServiceLB), but is not declared open",
      'oslo-1: port 8472/udp is open to everyone (flannel (vxlan)), but is not declared open',
      'oslo-1: port 10250/tcp is open to everyone (kubelet), but is not declared open',
      "oslo-1: port 30000-32767/tcp is open to everyone (K3s' Traefik, its node ports), but is not declared open",
      'oslo-1: port 31112/tcp is open to everyone (Service openfaas/gateway-external, its node port), but is not declared open',
      'oslo-1: every port is open to everyone (no packet filter is in force), but is not declared open',
    ]);
    expect(messages('NodePort')).not.toContain(messages('LoadBalancer')[3]);
    expect(messages('NodePort')).toContain(messages('LoadBalancer')[7]);
  });

  it('stands in docs/exposure.md (written by npm run docs:exposure)', () => {
    expect(readFileSync(join(import.meta.dirname, '../../../docs/exposure.md'), 'utf8')).toBe(exposurePage());
  });
});
