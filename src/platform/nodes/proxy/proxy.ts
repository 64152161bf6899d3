import type { NodeConfig } from '../../../config/nodes/node.ts';

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
function hostAndPort(url: string): { readonly host: string; readonly port: number } {
  const [host = '', port = ''] = url.replace('http://', '').split(':');
  return { host, port: Number(port) };
}

/** Targets inside every cluster: the machine itself, and Services by name. */
export const neverProxied = ['localhost', '127.0.0.0/8', '::1', '.svc', '.cluster.local'] as const;
