import type { Statement } from '../../nginx/directive.ts';
import { directivesBelow, directivesIn } from '../../nginx/find.ts';
import { k3sPorts } from '../../platform/k3s/ports.ts';
import type { Dist, DistNode } from '../dist.ts';

/** What waits for packets in a node's own network, on an address that is not loopback's. */
export interface Listener {
  readonly by: string;
  readonly protocol: 'tcp' | 'udp';
  readonly port: number;
}

/** The programs of a node that listen to more than the node itself, as its files start them. Pods are not among them. */
export function listenersOf(dist: Dist, node: DistNode): Listener[] {
  return [
    ...nginxListeners(node),
    ...k3sListeners(dist, node),
    ...sshd(dist, node),
    ...ownPrograms(dist, node),
  ];
}

function nginxListeners({ nginx }: DistNode): Listener[] {
  return nginx
    .flatMap(({ statements }) => directivesBelow(statements, 'listen'))
    .filter(({ args: [address = ''] }) => !/^(127\.|\[::1\]|localhost|unix:)/.test(address))
    .map(({ args: [address = '', ...words] }) => ({
      by: 'nginx',
      protocol: words.includes('quic') ? 'udp' : 'tcp',
      port: Number(/(?:^|:)(\d+)$/.exec(address.endsWith(']') ? '' : address)?.[1] ?? 80),
    }));
}

/** The paths of the addresses on which a server answers with what nginx knows of itself. */
export function statusPages({ nginx }: DistNode): { listen: string; line: number | undefined }[] {
  const servers = nginx.flatMap(({ statements }) => directivesBelow(statements, 'server'));
  return servers
    .filter(({ block = [] }) => hasStatus(block))
    .flatMap(({ block = [] }) => directivesIn(block, 'listen'))
    .map(({ args, line }) => ({ listen: args[0] ?? '', line }));
}

function hasStatus(block: readonly Statement[]): boolean {
  return directivesBelow(block, 'stub_status').length > 0;
}

/**
 * K3s' own sockets: docs.k3s.io, "Requirements: Inbound rules". Those of kube-proxy, of the scheduler and of the
 * controllers are on loopback as long as no argument moves them.
 */
function k3sListeners(dist: Dist, { k3sConfig, name }: DistNode): Listener[] {
  const role = dist.lock.nodes.find((node) => node.name === name)?.role ?? 'server';
  const tcp = (by: string, port: number): Listener => ({ by, protocol: 'tcp', port });
  const moved = [
    k3sConfig['kube-proxy-arg'],
    k3sConfig['kube-scheduler-arg'],
    k3sConfig['kube-controller-manager-arg'],
  ]
    .flatMap((args) => (Array.isArray(args) ? args.map(String) : []))
    .filter((arg) => /^(metrics-|healthz-)?bind-address=(?!127\.|::1)/.test(arg));
  const backend = dist.nodes
    .map((each) => each.k3sConfig['flannel-backend'])
    .find((each) => each !== undefined);
  return [
    tcp('kubelet', k3sPorts.kubelet),
    ...flannelPorts(String(backend ?? 'vxlan')),
    ...(moved.length > 0
      ? [10_249, 10_256, 10_257, 10_259].map((port) => tcp('Kubernetes, moved', port))
      : []),
    ...(k3sConfig['embedded-registry'] ? [tcp('registry of K3s', k3sPorts.registry)] : []),
    ...(role === 'agent'
      ? []
      : [tcp('Kubernetes API', Number(k3sConfig['https-listen-port'] ?? k3sPorts.api))]),
    ...(role === 'server' && (k3sConfig['cluster-init'] || k3sConfig.server !== undefined)
      ? [tcp('etcd', k3sPorts.etcd), tcp('etcd', k3sPorts.etcdPeers)]
      : []),
    ...(k3sConfig['etcd-expose-metrics'] ? [tcp("etcd's metrics", k3sPorts.etcdMetrics)] : []),
  ];
}

function flannelPorts(backend: string): Listener[] {
  const udp = (port: number): Listener => ({ by: `flannel (${backend})`, protocol: 'udp', port });
  if (backend === 'vxlan') return [udp(k3sPorts.vxlan)];
  return backend === 'wireguard-native' ? [udp(k3sPorts.wireguard), udp(k3sPorts.wireguardIpv6)] : [];
}

/** Each node is administered by SSH; which port, only the lock file says. */
function sshd({ lock }: Dist, { name }: DistNode): Listener[] {
  const port = lock.nodes.find((node) => node.name === name)?.sshPort;
  return port === undefined ? [] : [{ by: 'SSH', protocol: 'tcp', port }];
}

/** Programs that somebody else installs, for which the config opens a port. */
function ownPrograms({ lock }: Dist, { name }: DistNode): Listener[] {
  const node = lock.nodes.find((one) => one.name === name);
  return (node?.openings ?? [])
    .filter(({ port }) => port !== node?.sshPort && port !== k3sPorts.api)
    .map(({ reason, protocol, port }) => ({ by: reason, protocol, port }));
}
