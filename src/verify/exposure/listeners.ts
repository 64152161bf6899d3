import type { Statement } from '../../nginx/directive.ts';
import { directivesBelow, directivesIn } from '../../nginx/find.ts';
import type { Dist, DistNode } from '../dist.ts';

/** What waits for packets in a node's own network, on an address that is not loopback's. */
export interface Listener {
  readonly by: string;
  readonly protocol: 'tcp' | 'udp';
  readonly port: number;
}

/** The programs of a node that listen to more than the node itself, as its files start them. Pods are not among them. */
export function listenersOf(dist: Dist, node: DistNode): Listener[] {
  return [...nginxListeners(node), ...k3sListeners(dist, node), ...sshd(dist, node)];
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
    tcp('kubelet', 10_250),
    ...flannelPorts(String(backend ?? 'vxlan')),
    ...(moved.length > 0
      ? [10_249, 10_256, 10_257, 10_259].map((port) => tcp('Kubernetes, moved', port))
      : []),
    ...(k3sConfig['embedded-registry'] ? [tcp('registry of K3s', 5001)] : []),
    ...(role === 'agent' ? [] : [tcp('Kubernetes API', Number(k3sConfig['https-listen-port'] ?? 6443))]),
    ...(role === 'server' && (k3sConfig['cluster-init'] || k3sConfig.server !== undefined)
      ? [tcp('etcd', 2379), tcp('etcd', 2380)]
      : []),
    ...(k3sConfig['etcd-expose-metrics'] ? [tcp("etcd's metrics", 2381)] : []),
  ];
}

function flannelPorts(backend: string): Listener[] {
  const udp = (port: number): Listener => ({ by: `flannel (${backend})`, protocol: 'udp', port });
  if (backend === 'vxlan') return [udp(8472)];
  return backend === 'wireguard-native' ? [udp(51_820), udp(51_821)] : [];
}

/** Each node is administered by SSH; which port, only the lock file says. */
function sshd({ lock }: Dist, { name }: DistNode): Listener[] {
  const port = lock.nodes.find((node) => node.name === name)?.sshPort;
  return port === undefined ? [] : [{ by: 'SSH', protocol: 'tcp', port }];
}
