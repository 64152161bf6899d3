import type { Diagnostic } from '../../../diagnostics/diagnostic.ts';
import { report } from '../../../diagnostics/report.ts';
import { directivesBelow } from '../../../nginx/find.ts';
import { k3sPorts } from '../../../platform/k3s/ports.ts';
import { places } from '../../../platform/nodes/places.ts';
import { containsNetwork, parseNetwork } from '../../../units/network.ts';
import type { Dist, DistNode } from '../../dist.ts';
import { statusPages } from '../../exposure/listeners.ts';
import { type OpenSocket, openSockets } from '../../exposure/open-sockets.ts';
import type { Rule } from '../rule.ts';

/**
 * What can be opened from beyond a node is what it is for: SSH and what else the lock file opens, from anywhere or from
 * the networks that it names; 80 and 443 where nginx runs, from anywhere or from the proxies; the cluster's own ports from
 * the other nodes; everything from its pods. No more, and no less.
 */
export const socketsAsDeclared: Rule = {
  name: 'sockets-as-declared',
  harm: 'exposure',
  loss: "Strangers could reach the cluster's own ports, or clients and nodes could not reach theirs.",
  check: (dist) => dist.nodes.flatMap((node) => judge(dist, node)),
};

function judge(dist: Dist, node: DistNode): Diagnostic[] {
  const { sockets, problems } = openSockets(dist, node);
  const allowed = declared(dist, node);
  const artifact = { path: `${node.path}#${places.firewall}` };
  const missing = [
    ...allowed.needed
      .filter((port) => !sockets.some((one) => one.from === 'anywhere' && nameOf(one) === port))
      .map((port) => ({ socket: port, from: 'anywhere' })),
    ...allowed.neededFrom.flatMap(({ port, networks }) =>
      networks
        .filter((network) => !sockets.some((one) => nameOf(one) === port && isFrom(one, network)))
        .map((network) => ({ socket: port, from: network })),
    ),
  ];
  return [
    ...problems.map(({ line, message }) =>
      report(
        'verify/firewall-unreadable',
        [],
        { node: node.name, message },
        { artifact: { ...artifact, line } },
      ),
    ),
    ...sockets
      .filter((socket) => !isAllowed(socket, allowed))
      .map(({ protocol, port, from, by }) =>
        report('verify/socket-open', [], { node: node.name, protocol, port, from, by }, { artifact }),
      ),
    ...missing.map((one) => report('verify/socket-closed', [], { node: node.name, ...one }, { artifact })),
    ...statusPages(node)
      .filter(({ listen }) => !/^(127\.0\.0\.1|\[::1\]):\d+$/.test(listen))
      .map(({ listen }) => report('verify/status-page-open', [], { node: node.name, listen })),
  ];
}

interface Declared {
  /** `tcp 443`: open to everybody. */
  readonly needed: readonly string[];
  /** Open to everybody, needed by the node itself and to those nodes whose address is not known. */
  readonly tolerated: readonly string[];
  /** `tcp 6443`: open to the other nodes. */
  readonly cluster: readonly string[];
  readonly peers: readonly string[];
  /** `tcp 443`: open to these networks alone. */
  readonly neededFrom: readonly { readonly port: string; readonly networks: readonly string[] }[];
  readonly pods: readonly string[];
}

const dhcp = ['udp 68', 'udp 546'];
const { api, kubelet, etcd, etcdPeers, vxlan, wireguard, wireguardIpv6 } = k3sPorts;

/** What asks for keys. VXLAN does not: whoever reaches its port is in the network of the pods. */
const withKeys = [`tcp ${api}`, `udp ${wireguard}`, `udp ${wireguardIpv6}`];

function declared(dist: Dist, node: DistNode): Declared {
  const { lock, nodes } = dist;
  const own = lock.nodes.find(({ name }) => name === node.name);
  const peers = lock.nodes.filter(({ name }) => name !== node.name);
  const quic = nodes.some(({ nginx }) => JSON.stringify(nginx).includes('"quic"'));
  const unknown = peers.some(({ addresses }) => addresses.length === 0);
  const { reachableFrom } = lock.gateway;
  const secure = lock.gateway.tlsEndedBy ? [] : ['tcp 443', ...(quic ? ['udp 443'] : [])];
  const web = own?.nginx ? ['tcp 80', ...secure] : [];
  const toAll = web.filter((port) => !reachableFrom || (port === 'tcp 80' && isChallenged(nodes)));
  const proxies = (reachableFrom ?? []).filter((network) => isTrusted(network, dist));
  const openings = own?.openings ?? [{ protocol: 'tcp', port: own?.sshPort, networks: null }];
  return {
    needed: [
      ...openings.flatMap(({ protocol, port, networks }) => (networks ? [] : [`${protocol} ${port}`])),
      ...toAll,
    ],
    tolerated: [...dhcp, ...(unknown ? withKeys : [])],
    neededFrom: [
      ...web.filter((port) => !toAll.includes(port)).map((port) => ({ port, networks: proxies })),
      ...openings.flatMap(({ protocol, port, networks }) =>
        networks ? [{ port: `${protocol} ${port}`, networks }] : [],
      ),
    ],
    cluster: [
      ...[api, kubelet, etcd, etcdPeers].map((port) => `tcp ${port}`),
      ...[vxlan, wireguard, wireguardIpv6].map((port) => `udp ${port}`),
    ],
    peers: peers.flatMap(({ addresses }) => addresses),
    pods: nodes.flatMap(({ k3sConfig }) => String(k3sConfig['cluster-cidr'] ?? '').split(',')),
  };
}

/** The certificate authority looks at port 80, from addresses that it does not publish. */
function isChallenged(nodes: readonly DistNode[]): boolean {
  return nodes.some(({ files }) => /--webroot-path /.test(files.get(places.tlsScript)?.text ?? ''));
}

/** nginx takes the word of a proxy; somebody else whom the lock file lets in is none. */
function isTrusted(network: string, { nginx }: Dist): boolean {
  return nginx
    .flatMap(({ statements }) => directivesBelow(statements, 'set_real_ip_from'))
    .some(({ args }) => args[0] === network);
}

function nameOf({ protocol, port }: OpenSocket): string {
  return `${protocol} ${port}`;
}

function isFrom({ from }: OpenSocket, network: string): boolean {
  return from !== 'anywhere' && from.some((one) => isInside(network, one));
}

function isInside(inner: string, outer: string): boolean {
  const [a, b] = [parseNetwork(inner), parseNetwork(outer)];
  return a !== undefined && b !== undefined && containsNetwork(b, a);
}

/** What authenticates whoever asks, and pods of other nodes with addresses of their own may ask. */
const forPods = [`tcp ${api}`, `tcp ${kubelet}`];

function isAllowed(open: OpenSocket, allowed: Declared): boolean {
  const { from, by } = open;
  const socket = nameOf(open);
  // Forwarded ones are never declared, whatever their number: nginx would not see their packets.
  if (/node port|ServiceLB|host port|external addresses|own network/.test(by)) return false;
  if (from === 'anywhere') return [...allowed.needed, ...allowed.tolerated].includes(socket);
  if (from.every((source) => allowed.pods.includes(source))) {
    // Only from the bridge are they pods for sure.
    return open.in === 'cni0' || (allowed.peers.length > 0 && forPods.includes(socket));
  }
  const named = allowed.neededFrom.find(({ port }) => port === socket)?.networks ?? [];
  if (from.every((source) => named.some((network) => isInside(source, network)))) return true;
  return allowed.cluster.includes(socket) && from.every((source) => allowed.peers.includes(source));
}
