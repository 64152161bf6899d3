import { isDeepStrictEqual } from 'node:util';
import type { Diagnostic } from '../../../diagnostics/diagnostic.ts';
import { report } from '../../../diagnostics/report.ts';
import { k3sPorts } from '../../../platform/k3s/ports.ts';
import { places } from '../../../platform/nodes/places.ts';
import { addressAt, parseNetwork } from '../../../units/network.ts';
import type { Dist, DistNode } from '../../dist.ts';
import { type Firewall, parseFirewall, type Translation } from '../../exposure/firewall.ts';
import { isLoaded } from '../../exposure/open-sockets.ts';
import { type Packet, verdictOf } from '../../exposure/packet.ts';
import type { Rule } from '../rule.ts';

/**
 * Nodes with external addresses send each other everything by WireGuard to those addresses, their filters accept it from
 * there, and what a node sends to its own external address stays on it. Filters of other nodes translate nothing.
 */
export const networksJoined: Rule = {
  name: 'networks-joined',
  harm: 'reachability',
  loss: 'Pods in different networks would not reach each other, or in the clear; or pods would not reach the Kubernetes API.',
  check: (dist) => {
    const external = dist.nodes.filter((node) => externalOf(node) !== undefined);
    return [
      ...(external.length > 0 ? dist.nodes.flatMap((node) => tunnels(node, external)) : []),
      ...dist.nodes.flatMap((node) => filter(dist, node, external)),
    ];
  },
};

function externalOf({ k3sConfig }: DistNode): string | undefined {
  const address = k3sConfig['node-external-ip'];
  return address === undefined ? undefined : String(address);
}

function tunnels({ name, path, role, k3sConfig }: DistNode, [other]: readonly DistNode[]): Diagnostic[] {
  const isRight =
    role === 'agent' ||
    (k3sConfig['flannel-backend'] === 'wireguard-native' && k3sConfig['flannel-external-ip'] === true);
  if (isRight || other === undefined) return [];
  const params = { node: name, other: other.name };
  return [
    report('verify/external-not-tunnelled', [], params, {
      artifact: { path: `${path}#${places.k3sConfig}` },
    }),
  ];
}

/** A filter that cannot be read, or is not loaded, is `socketsAsDeclared`'s business. */
function filter(dist: Dist, node: DistNode, external: readonly DistNode[]): Diagnostic[] {
  const [firewall] = isLoaded(node) ? parseFirewall(node.files.get(places.firewall)?.text ?? '') : [];
  if (firewall === undefined) return [];
  const at = { artifact: { path: `${node.path}#${places.firewall}` } };
  const peers = external.filter(({ name }) => name !== node.name);
  return [
    ...peers.flatMap((peer) =>
      needed(node)
        .filter(({ protocol, port }) => !accepts(firewall, externalOf(peer) ?? '', protocol, port))
        .map(({ protocol, port }) =>
          report(
            'verify/external-refused',
            [],
            { node: node.name, other: peer.name, socket: `${port}/${protocol}` },
            at,
          ),
        ),
    ),
    ...(isDeepStrictEqual(firewall.translations, translationsFor(dist, node))
      ? []
      : [report('verify/own-address-leaves', [], { node: node.name, address: externalOf(node) }, at)]),
  ];
}

/** What every other node needs of this one. */
function needed({ role }: DistNode): { protocol: 'tcp' | 'udp'; port: number }[] {
  return [
    { protocol: 'udp', port: k3sPorts.wireguard },
    { protocol: 'tcp', port: k3sPorts.kubelet },
    ...(role === 'server' ? [{ protocol: 'tcp' as const, port: k3sPorts.api }] : []),
  ];
}

function accepts(firewall: Firewall, from: string, protocol: Packet['protocol'], port: number): boolean {
  const packet = { hook: 'input', in: 'eth0', to: '192.0.2.1', state: 'new', from, protocol, port } as const;
  return verdictOf(firewall, packet) === 'accept';
}

/** The external address becomes the inner one, and for pods on a server so does the Service of the Kubernetes API. */
function translationsFor({ nodes }: Dist, node: DistNode): Translation[] {
  const outer = externalOf(node);
  const [inner = ''] = String(node.k3sConfig['node-ip'] ?? '').split(',');
  if (outer === undefined || inner === '') return [];
  const services = nodes
    .map(({ k3sConfig }) => k3sConfig['service-cidr'])
    .find((range) => range !== undefined);
  const range = parseNetwork(String(services).split(',', 1).join());
  const every = { port: undefined, portInstead: undefined, instead: inner };
  const api = { port: 443, portInstead: k3sPorts.api, instead: inner };
  return [
    { hook: 'prerouting', in: 'cni0', to: outer, ...every },
    ...(node.role === 'server' && range !== undefined
      ? [{ hook: 'prerouting' as const, in: 'cni0', to: addressAt(range, 1), ...api }]
      : []),
    { hook: 'output', in: undefined, to: outer, ...every },
  ];
}
