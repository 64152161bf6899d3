import type { PlatformFunction } from '../functions/function.ts';
import type { Platform } from '../platform.ts';

/** True if nginx calls the function: for callers from outside, or to authenticate calls of other functions. */
export function calledByNginx(
  { name, exposed }: PlatformFunction,
  functions: readonly PlatformFunction[],
): boolean {
  return exposed || functions.some(({ http: { auth } }) => auth?.kind === 'function' && auth.name === name);
}

/**
 * Where nginx's packets come from, in CIDR notation, when it reaches a pod on another node: through an overlay with an
 * address of the pods' range, without one with its node's own. Empty when there is no other node.
 */
export function nginxSources({ nodes, k3s }: Pick<Platform, 'nodes' | 'k3s'>): string[] {
  if (nodes.length < 2) return [];
  if (k3s.flannelBackend !== 'host-gw') return [k3s.clusterCidr];
  return nodes.flatMap(({ nginx, address }) => (nginx && address !== undefined ? [`${address}/32`] : []));
}
