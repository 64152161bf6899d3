import type { Platform } from '../../platform.ts';
import type { Node } from '../node.ts';
import { type NodeProxy, neverProxied } from './proxy.ts';

/**
 * The value of NO_PROXY on a node. Go, curl and certbot read names, addresses and networks of IPv4 in it; networks of IPv6
 * only Go, with which K3s calls pods.
 */
export function noProxyOf({ nodes, k3s }: Platform, { except }: NodeProxy): string {
  return [
    ...new Set([
      ...neverProxied,
      k3s.clusterCidr,
      k3s.serviceCidr,
      ...(k3s.ipv6 ? [k3s.ipv6.clusterCidr, k3s.ipv6.serviceCidr] : []),
      ...nodes.flatMap((node) =>
        [node.address ?? [], node.address6 ?? [], node.externalAddress ?? []].flat(),
      ),
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
