import type { NodeFile } from '../../artifacts/artifact.ts';
import { webPorts } from '../../platform/gateway/balancer.ts';
import { challengedNodes } from '../../platform/gateway/challenges.ts';
import { k3sPorts } from '../../platform/k3s/ports.ts';
import type { Node } from '../../platform/nodes/node.ts';
import type { Opening } from '../../platform/nodes/openings.ts';
import { places } from '../../platform/nodes/places.ts';
import type { Platform } from '../../platform/platform.ts';
import { addressAt, checkedNetwork, withoutContained } from '../../units/network.ts';
import { template } from '../template.ts';

const print = template('node-files/templates/firewall.nft.hbs');
const printUnit = template('node-files/templates/fjord-firewall.service.hbs');

/** The node's packet filter, and the unit that loads it at boot before the network is up. */
export function firewallFiles(platform: Platform, node: Node, marker: string): NodeFile[] {
  return [
    { path: places.firewall, kind: 'nftables', text: firewall(platform, node, marker), permissions: '0644' },
    {
      path: places.firewallService,
      kind: 'unit',
      text: printUnit({ marker, path: places.firewall }),
      permissions: '0644',
    },
  ];
}

/**
 * Allows what the node opens, 80 and 443 from anywhere or from the trusted proxies, the cluster's ports from its nodes,
 * and everything from pods. Forwards nothing from outside to pods and Services. Sends packets to them only after address translation,
 * on the cluster's devices.
 */
function firewall(platform: Platform, node: Node, marker: string): string {
  const { k3s, gateway } = platform;
  const everybody = node.nginx ? openToAll(platform) : [];
  const toEveryone = (of: Opening['protocol']): number[] =>
    node.openings.flatMap(({ protocol, port, networks }) => (protocol === of && !networks ? [port] : []));
  const peers = peersOf(platform, node);
  const [routers, routers6] = k3s.flannelBackend === 'host-gw' ? addressesOf(peers) : [[], []];
  return print({
    marker,
    ports: [...toEveryone('tcp'), ...everybody].join(', '),
    udpPorts: toEveryone('udp').join(', '),
    openings: node.openings.flatMap(openingRules),
    http3: everybody.includes(443) && gateway.tls.http3,
    proxyRules: node.nginx ? proxyRules(platform, everybody) : [],
    clusterRules: clusterRules(platform, node),
    clusterCidr: k3s.clusterCidr,
    clusterCidr6: k3s.ipv6?.clusterCidr ?? false,
    serviceCidr: k3s.serviceCidr,
    serviceCidr6: k3s.ipv6?.serviceCidr ?? false,
    podRules: podRules(platform, node),
    nextHops: [k3s.clusterCidr, ...routers].join(', '),
    nextHops6: [k3s.ipv6?.clusterCidr ?? '', ...routers6].join(', '),
    ...ownAddress(platform, node),
    devices: ['cni0', ...(peers.length > 0 ? podDevices(platform) : [])].join(', '),
    peerRoutes: [
      ...(routers.length > 0
        ? [`ip daddr ${k3s.clusterCidr} rt ip nexthop { ${routers.join(', ')} } accept`]
        : []),
      ...(routers6.length > 0 && k3s.ipv6
        ? [`ip6 daddr ${k3s.ipv6.clusterCidr} rt ip6 nexthop { ${routers6.join(', ')} } accept`]
        : []),
    ],
  });
}

/** A port that only named networks may reach. */
function openingRules({ protocol, port, networks }: Opening): string[] {
  return networks ? fromNetworks(networks).map((source) => `${source} ${protocol} dport ${port} accept`) : [];
}

/** `ip saddr { … }`, by family. */
function fromNetworks(networks: readonly string[]): string[] {
  const distinct = withoutContained(networks);
  const families = [
    ['ip', distinct.filter((network) => !network.includes(':'))],
    ['ip6', distinct.filter((network) => network.includes(':'))],
  ] as const;
  return families.flatMap(([family, of]) => (of.length > 0 ? [`${family} saddr { ${of.join(', ')} }`] : []));
}

/** nginx ports open to everyone. The certificate authority does not publish the addresses that its challenges come from. */
function openToAll(platform: Platform): number[] {
  if (platform.gateway.reachableFrom === undefined) return [...webPorts(platform.gateway)];
  return challengedNodes(platform).length > 0 ? [80] : [];
}

function proxyRules({ gateway }: Platform, everybody: readonly number[]): string[] {
  const ports = webPorts(gateway).filter((port) => !everybody.includes(port));
  return fromNetworks(gateway.reachableFrom ?? []).flatMap((from) => [
    `${from} tcp dport { ${ports.join(', ')} } accept`,
    ...(gateway.tls.http3 ? [`${from} udp dport 443 accept`] : []),
  ]);
}

/**
 * Ports that the other nodes may reach. For a peer with an unknown address they are opened to everyone, but only those
 * that authenticate by key.
 */
function clusterRules(platform: Platform, node: Node): string[] {
  const { k3s } = platform;
  const peers = peersOf(platform, node);
  const servers = peers.filter(({ role }) => role === 'server');
  const unknown = peers.some(
    ({ address, externalAddress }) => address === undefined && externalAddress === undefined,
  );
  const isServer = node.role === 'server';
  const flannel = flannelPorts[k3s.flannelBackend];
  const withKeys = `tcp dport ${isServer ? `{ ${k3sPorts.api}, ${k3sPorts.kubelet} }` : k3sPorts.kubelet}`;
  return [
    ...from(sourcesOf(peers, node), withKeys),
    ...(isServer ? from(addressesOf(servers), `tcp dport ${k3sPorts.etcd}-${k3sPorts.etcdPeers}`) : []),
    ...(flannel === undefined ? [] : from(sourcesOf(peers, node), `udp dport ${flannel}`)),
    ...(unknown && isServer ? [`tcp dport ${k3sPorts.api} accept`] : []),
    ...(unknown && flannel !== undefined ? [`udp dport ${flannel} accept`] : []),
    // Packets from other nodes' pods have their node's address, except IPv6 without masquerading, which anyone can forge.
    ...(peers.length > 0 && k3s.ipv6 !== undefined && !k3s.ipv6.masquerade
      ? [`ip6 saddr ${k3s.ipv6.clusterCidr} ${withKeys} accept`]
      : []),
  ];
}

/** Forwards packets of other nodes to this node's pods: by flannel's devices, or for host-gw by plain addresses. */
function podRules(platform: Platform, node: Node): string[] {
  const { k3s } = platform;
  const peers = peersOf(platform, node);
  if (peers.length === 0) return [];
  const [addresses, addresses6] = addressesOf(peers);
  const families = [
    ['ip', k3s.clusterCidr, addresses],
    ...(k3s.ipv6 === undefined ? [] : ([['ip6', k3s.ipv6.clusterCidr, addresses6]] as const)),
  ] as const;
  return families.map(([family, pods, routers]) =>
    k3s.flannelBackend === 'host-gw'
      ? `oifname cni0 ${family} saddr { ${[pods, ...routers].join(', ')} } ${family} daddr ${pods} fib saddr . iif oif exists accept`
      : `iifname { ${podDevices(platform).join(', ')} } oifname cni0 ${family} saddr ${pods} ${family} daddr ${pods} accept`,
  );
}

/** flannel's devices. Source: flannel-io/flannel, pkg/backend/vxlan and pkg/backend/wireguard. */
function podDevices({ k3s }: Platform): string[] {
  const names = {
    vxlan: ['flannel.1', 'flannel-v6.1'],
    'wireguard-native': ['flannel-wg', 'flannel-wg-v6'],
    'host-gw': [],
  }[k3s.flannelBackend];
  return k3s.ipv6 === undefined ? names.slice(0, 1) : names;
}

/** WireGuard has one port for IPv4 and one for IPv6. host-gw sends pods' packets without a tunnel. */
const flannelPorts = {
  vxlan: String(k3sPorts.vxlan),
  'wireguard-native': `${k3sPorts.wireguard}-${k3sPorts.wireguardIpv6}`,
  'host-gw': undefined,
};

function peersOf({ nodes }: Platform, node: Node): Node[] {
  return nodes.filter(({ name }) => name !== node.name);
}

function addressesOf(nodes: readonly Node[]): readonly [string[], string[]] {
  return [nodes.flatMap(({ address }) => address ?? []), nodes.flatMap(({ address6 }) => address6 ?? [])];
}

/**
 * The addresses from which packets of other nodes come. What passes a NAT has the external one. Nodes of one provider may
 * also reach each other inside, without the NAT.
 */
function sourcesOf(peers: readonly Node[], node: Node): readonly [string[], string[]] {
  const inside = peers.filter(
    ({ externalAddress, provider }) => externalAddress === undefined || provider === node.provider,
  );
  const external = peers.flatMap(({ externalAddress }) => externalAddress ?? []);
  return [[...addressesOf(inside)[0], ...external], addressesOf(peers)[1]];
}

/**
 * The external address of the node, for what is to stay on it. K3s gives pods that address for the Kubernetes API. Not
 * every NAT sends packets back to the machine that they come from.
 */
function ownAddress({ nodes, k3s }: Platform, node: Node) {
  const { address, externalAddress } = node;
  if (nodes.length < 2 || address === undefined || externalAddress === undefined) return { external: false };
  return {
    external: { outer: externalAddress, inner: address },
    apiService: node.role === 'server' && addressAt(checkedNetwork(k3s.serviceCidr), 1),
  };
}

function from([addresses, addresses6]: readonly [string[], string[]], what: string): string[] {
  const families = [
    ['ip', addresses],
    ['ip6', addresses6],
  ] as const;
  return families.flatMap(([family, known]) =>
    known.length === 0 ? [] : [`${family} saddr { ${known.join(', ')} } ${what} accept`],
  );
}
