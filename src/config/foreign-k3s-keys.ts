import type { ForeignKey, ForeignKeyCode } from './foreign-keys.ts';

const pasted = 'remove it; fjord user-data takes tokens from the environment, or asks, when you paste';
const cis = "write hardening: 'cis', of which it is a part";
const saved = 'write k3s.snapshots';
const derived = 'remove it; what these programs are told follows from this config';

/** K3s' own keys, as its config.yaml has them. */
const keys: Readonly<Record<string, string>> = {
  disable: 'remove it; traefik and servicelb are always off, and the other parts are needed',
  'write-kubeconfig-mode': 'write k3s.kubeconfigMode',
  'write-kubeconfig-group': 'write k3s.kubeconfigGroup',
  'write-kubeconfig-name': 'write k3s.kubeconfigName',
  'secrets-encryption': 'remove it; it is always on',
  'cluster-init': "write datastore: 'etcd'; the first server begins the cluster",
  server: 'remove it; nodes with a role join the one with first: true, or the first by name',
  'node-name': 'remove it; the name of a node is its key in nodes',
  'node-label': 'write labels on the node',
  'node-taint': 'write taints on the node',
  'node-ip': 'write address on the node',
  'flannel-iface': 'write interface on the node',
  'private-registry': 'write k3s.registries',
  'disable-default-registry-endpoint': 'write k3s.registries.mirrorsOnly',
  'protect-kernel-defaults': cis,
  'etcd-snapshot-schedule-cron': saved,
  'etcd-snapshot-retention': saved,
  'etcd-s3': saved,
  'etcd-s3-config-secret': saved,
  'kube-apiserver-arg': derived,
  'kube-controller-manager-arg': derived,
  'kube-scheduler-arg': derived,
  'kubelet-arg': derived,
  'kube-proxy-arg': derived,
  'etcd-arg': derived,
  channel: 'write version; what a channel has is another release tomorrow',
  exec: 'write the keys that k3s has here',
  args: 'write the keys that k3s has here',
  'extra-args': 'write the keys that k3s has here',
  'server-args': 'write the keys that k3s has here',
  'agent-args': 'write the keys that k3s has here',
};

const tokens = ['token', 'token-file', 'agent-token', 'agent-token-file', 'node-token'];

/** Keys from K3s' command line, its config.yaml and the tools that install it. */
export const foreignK3sKeys: Readonly<Record<string, ForeignKey>> = Object.fromEntries([
  ...Object.entries(keys).flatMap(([key, instead]) => rows('check/k3s-key', key, instead)),
  ...tokens.flatMap((key) => rows('check/token-in-config', key, pasted)),
]);

/** As K3s spells it, and as it would be spelled here. */
function rows(code: ForeignKeyCode, key: string, instead: string): [string, ForeignKey][] {
  const here = key.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
  return [...new Set([key, here])].map((name) => [`k3s.${name}`, { code, instead }]);
}
