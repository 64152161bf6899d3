import type { NodeConfig } from '../../config/nodes/node.ts';
import type { Platform } from '../platform.ts';
import type { Node } from './node.ts';

/** The HTTP proxy of a node. */
export interface NodeProxy {
  /** `http://HOST:PORT` */
  readonly url: string;
  readonly host: string;
  readonly port: number;
  /** Hosts that the node reaches by itself. Sorted. */
  readonly except: readonly string[];
}

/** The proxy with its parts; undefined for a node that reaches the internet by itself. */
export function resolveProxy({ proxy }: NodeConfig): NodeProxy | undefined {
  if (proxy === undefined) return undefined;
  return { url: proxy.url, ...hostAndPort(proxy.url), except: [...(proxy.except ?? [])].sort() };
}

/** Host and port of a `ProxyUrl`, which always has both. */
export function hostAndPort(url: string): { readonly host: string; readonly port: number } {
  const [host = '', port = ''] = url.replace('http://', '').split(':');
  return { host, port: Number(port) };
}

/** Targets inside every cluster: the machine itself, and Services by name. */
export const neverProxied = ['localhost', '127.0.0.0/8', '::1', '.svc', '.cluster.local'] as const;

/**
 * The value of NO_PROXY on a node. Go, curl and certbot read names, addresses and networks in it, but nothing with a `*`
 * in all three.
 */
export function noProxyOf({ nodes, k3s }: Platform, { except }: NodeProxy): string {
  return [
    ...new Set([
      ...neverProxied,
      k3s.clusterCidr,
      k3s.serviceCidr,
      ...(k3s.ipv6 ? [k3s.ipv6.clusterCidr, k3s.ipv6.serviceCidr] : []),
      ...nodes.flatMap(({ address, address6 }) => [address ?? [], address6 ?? []].flat()),
      ...except,
    ]),
  ].join(',');
}

/**
 * True for a node whose K3s itself fetches something, not only its containerd: the jobs that install charts get their
 * proxy from K3s, and so do snapshots for a bucket. Elsewhere K3s calls only nodes.
 */
export function k3sCallsOut({ openfaas, delivery, k3s }: Platform, { role }: Node): boolean {
  return (
    role === 'server' &&
    (openfaas.install === 'helm' || delivery.mode === 'gitops' || k3s.snapshots?.s3Secret !== undefined)
  );
}
