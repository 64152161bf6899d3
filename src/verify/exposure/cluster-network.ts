import type { Dist, DistNode } from '../dist.ts';
import { familyOf } from './address-edges.ts';

/** Where pods, Services and the other nodes are, as a node sees them. */
export interface ClusterNetwork {
  readonly pods: readonly string[];
  readonly services: readonly string[];
  readonly peers: readonly string[];
  /** Of flannel, by family. */
  readonly devices: readonly { readonly name: string; readonly family: 4 | 6 }[];
  /** Whether pods' packets go between nodes as they are. */
  readonly bare: boolean;
}

export function clusterNetwork({ lock, nodes }: Dist, node: DistNode): ClusterNetwork {
  const said = (key: string) =>
    nodes.map(({ k3sConfig }) => k3sConfig[key]).find((value) => value !== undefined);
  const ranges = (key: string) =>
    String(said(key) ?? '')
      .split(',')
      .filter((range) => range !== '');
  const peers = lock.nodes.filter(({ name }) => name !== node.name);
  const backend = String(said('flannel-backend') ?? 'vxlan');
  const pods = ranges('cluster-cidr');
  const names = { vxlan: ['flannel.1', 'flannel-v6.1'], 'wireguard-native': ['flannel-wg', 'flannel-wg-v6'] }[
    backend
  ];
  return {
    pods,
    services: ranges('service-cidr'),
    peers: peers.flatMap(({ addresses }) => addresses),
    devices:
      peers.length === 0
        ? []
        : pods.flatMap((range) => {
            const family = familyOf(range);
            const name = names?.[family === 4 ? 0 : 1];
            return name === undefined ? [] : [{ name, family }];
          }),
    bare: peers.length > 0 && backend === 'host-gw',
  };
}
