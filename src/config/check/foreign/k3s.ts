import type { ForeignKey, ForeignKeyCode } from './foreign-key.ts';

const pasted = 'remove it; fjord user-data reads tokens from the environment, or asks for them';
const cis = "write hardening: 'cis', which includes it";
const saved = 'write k3s.snapshots';
const login =
  "write auth: 'file'; fjord user-data asks for user and password, or put them into the node's file";
const derived = 'remove it; the arguments of these programs follow from this config';

/** K3s' own keys, as its config.yaml has them. */
const keys: Readonly<Record<string, string>> = {
  disable: 'remove it; traefik and servicelb are always off, but the other parts are needed',
  'write-kubeconfig-mode': 'write k3s.kubeconfigMode',
  'write-kubeconfig-group': 'write k3s.kubeconfigGroup',
  'write-kubeconfig-name': 'write k3s.kubeconfigName',
  'secrets-encryption': 'remove it; it is always on',
  'cluster-init': "write datastore: 'etcd'; the first server begins the cluster",
  server: 'remove it; nodes join the server with first: true, or else the first server by name',
  'node-name': 'remove it; a node is named after its key in nodes',
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
  'kubelet-args': derived,
  'kube-apiserver-args': derived,
  'etcd-args': derived,
  'flannel-ipv6-masq': 'write ipv6',
  channel: 'write version; a channel can mean a different release tomorrow',
  exec: 'write the keys of k3s in this config',
  args: 'write the keys of k3s in this config',
  'extra-args': 'write the keys of k3s in this config',
  'server-args': 'write the keys of k3s in this config',
  'agent-args': 'write the keys of k3s in this config',
};

/** As other tools call what K3s does. */
const others: Readonly<Record<string, string>> = {
  etcd: "write datastore: 'etcd'",
  ha: "write datastore: 'etcd', and three nodes with role: 'server'",
  'dual-stack': 'write ipv6',
  upgrade: 'write version, and run apply.sh on each node, servers first',
  plugins: 'remove it; the parts of K3s that the platform needs are on, and traefik and servicelb are off',
};

const tokens = ['token', 'token-file', 'agent-token', 'agent-token-file', 'node-token'];

/** Keys from K3s' command line, its config.yaml and the tools that install it. */
export const foreignK3sKeys: Readonly<Record<string, ForeignKey>> = Object.fromEntries([
  ...Object.entries(keys).flatMap(([key, instead]) => rows('check/k3s-key', key, instead)),
  ...Object.entries(others).flatMap(([key, instead]) => rows('check/foreign-key', key, instead)),
  ...tokens.flatMap((key) => rows('check/token-in-config', key, pasted)),
  ...['username', 'password', 'auth', 'identityToken', 'identity_token', 'token'].map((key) => [
    `k3s.registries.configs.*.${key}`,
    { code: 'check/password-in-config', instead: login },
  ]),
  ...['tls', 'caFile', 'ca_file'].map((key) => [
    `k3s.registries.configs.*.${key}`,
    { code: 'check/k3s-key', instead: 'write ca, the path of a PEM file on each node' },
  ]),
]);

/** As K3s spells it, and as it would be spelled here. */
function rows(code: ForeignKeyCode, key: string, instead: string): [string, ForeignKey][] {
  const here = key.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
  return [...new Set([key, here])].map((name) => [`k3s.${name}`, { code, instead }]);
}
