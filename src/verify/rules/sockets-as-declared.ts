import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { report } from '../../diagnostics/report.ts';
import type { Dist, DistNode } from '../dist.ts';
import { statusPages } from '../exposure/listeners.ts';
import { type OpenSocket, openSockets } from '../exposure/open-sockets.ts';
import type { Rule } from './index.ts';

/**
 * What can be opened from beyond a node is what it is for: SSH, 80 and 443 where nginx runs, from anywhere; the
 * cluster's own ports from the other nodes; everything from pods. No more, and no less.
 */
export const socketsAsDeclared: Rule = (dist) => dist.nodes.flatMap((node) => judge(dist, node));

function judge(dist: Dist, node: DistNode): Diagnostic[] {
  const { sockets, problems } = openSockets(dist, node);
  const allowed = declared(dist, node);
  const artifact = { path: `${node.path}#/etc/nftables.conf` };
  const missing = allowed.needed.filter(
    (port) => !sockets.some((one) => one.from === 'anywhere' && `${one.protocol} ${one.port}` === port),
  );
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
    ...missing.map((socket) => report('verify/socket-closed', [], { node: node.name, socket }, { artifact })),
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
  readonly pods: readonly string[];
}

const dhcp = ['udp 68', 'udp 546'];
/** What asks for keys. VXLAN does not: whoever reaches its port is in the network of the pods. */
const withKeys = ['tcp 6443', 'udp 51820', 'udp 51821'];

function declared({ lock, nodes }: Dist, node: DistNode): Declared {
  const own = lock.nodes.find(({ name }) => name === node.name);
  const peers = lock.nodes.filter(({ name }) => name !== node.name);
  const web = own?.nginx ? ['tcp 80', 'tcp 443'] : [];
  const quic = nodes.some(({ nginx }) => JSON.stringify(nginx).includes('"quic"'));
  const unknown = peers.some(({ addresses }) => addresses.length === 0);
  return {
    needed: [`tcp ${own?.sshPort}`, ...web],
    tolerated: [...dhcp, ...(own?.nginx && quic ? ['udp 443'] : []), ...(unknown ? withKeys : [])],
    cluster: ['tcp 6443', 'tcp 10250', 'tcp 2379', 'tcp 2380', 'udp 8472', 'udp 51820', 'udp 51821'],
    peers: peers.flatMap(({ addresses }) => addresses),
    pods: nodes.flatMap(({ k3sConfig }) => String(k3sConfig['cluster-cidr'] ?? '').split(',')),
  };
}

function isAllowed({ protocol, port, from, by }: OpenSocket, allowed: Declared): boolean {
  const socket = `${protocol} ${port}`;
  // Forwarded ones are never declared, whatever their number: nginx would not see their packets.
  if (/node port|ServiceLB|host port|external addresses|own network/.test(by)) return false;
  if (from === 'anywhere') return [...allowed.needed, ...allowed.tolerated].includes(socket);
  if (from.every((source) => allowed.pods.includes(source))) return true;
  return allowed.cluster.includes(socket) && from.every((source) => allowed.peers.includes(source));
}
