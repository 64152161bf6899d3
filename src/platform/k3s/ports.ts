/** Where K3s and what it starts listen on a node: docs.k3s.io, "Requirements: Inbound rules". No config moves them. */
export const k3sPorts = {
  api: 6443,
  kubelet: 10_250,
  /** For servers, which ask it. */
  etcd: 2379,
  /** For etcd on other servers. */
  etcdPeers: 2380,
  etcdMetrics: 2381,
  /** The mirror of images between nodes. */
  registry: 5001,
  /** UDP, of flannel: its packets between nodes, by backend. */
  vxlan: 8472,
  wireguard: 51_820,
  wireguardIpv6: 51_821,
} as const;
