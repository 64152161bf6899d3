import type { NodeFile } from '../artifacts/artifact.ts';
import type { Node } from '../platform/node.ts';
import type { Platform } from '../platform/platform.ts';
import { template } from './template.ts';

const print = template('nftables.conf.hbs');

/** The node's own packet filter: SSH, 80 and 443 from anywhere, the cluster's ports from its nodes, everything from pods. */
export function firewallFile(platform: Platform, node: Node, marker: string): NodeFile {
  const { k3s } = platform;
  const ports = [node.sshPort, ...(node.nginx ? [80, 443] : [])];
  return {
    path: '/etc/nftables.conf',
    kind: 'nftables',
    text: print({
      marker,
      ports: ports.join(', '),
      http3: node.nginx && platform.gateway.tls.http3,
      clusterRules: clusterRules(platform, node),
      clusterCidr: k3s.clusterCidr,
      clusterCidr6: k3s.ipv6?.clusterCidr ?? false,
      // Of other nodes they come with their own addresses, by way of the network, where nothing hides these.
      bridge6: platform.nodes.length === 1 || (k3s.ipv6?.masquerade ?? false),
    }),
    permissions: '0755',
  };
}

/**
 * What the other nodes may reach here. A peer whose address is not known comes from anywhere; only ports that ask for
 * keys are opened for it.
 */
function clusterRules({ k3s, nodes }: Platform, node: Node): string[] {
  const peers = nodes.filter(({ name }) => name !== node.name);
  const servers = peers.filter(({ role }) => role === 'server');
  const unknown = peers.some(({ address }) => address === undefined);
  const isServer = node.role === 'server';
  const flannel = flannelPorts[k3s.flannelBackend];
  return [
    ...from(peers, `tcp dport ${isServer ? '{ 6443, 10250 }' : '10250'}`),
    ...(isServer ? from(servers, 'tcp dport 2379-2380') : []),
    ...(flannel === undefined ? [] : from(peers, `udp dport ${flannel}`)),
    ...(unknown && isServer ? ['tcp dport 6443 accept'] : []),
    ...(unknown && flannel !== undefined ? [`udp dport ${flannel} accept`] : []),
  ];
}

/** WireGuard has one port for IPv4 and one for IPv6; host-gw sends pods' packets as they are. */
const flannelPorts = { vxlan: '8472', 'wireguard-native': '51820-51821', 'host-gw': undefined };

function from(peers: readonly Node[], what: string): string[] {
  const families = [
    ['ip', peers.map(({ address }) => address)],
    ['ip6', peers.map(({ address6 }) => address6)],
  ] as const;
  return families.flatMap(([family, addresses]) => {
    const known = addresses.filter((address) => address !== undefined);
    return known.length === 0 ? [] : [`${family} saddr { ${known.join(', ')} } ${what} accept`];
  });
}
