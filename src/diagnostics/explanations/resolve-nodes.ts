import type { nodesCodes } from '../codes/resolve-nodes.ts';
import type { Explanations } from './explanation.ts';

const node = (settings: string) => `{ provider: 'coolvds', country: 'NO', ${settings} }`;
const one = (settings: string) => ({ config: { nodes: `{ 'oslo-1': ${node(settings)} }` } });
const many = (...settings: readonly string[]) => ({
  config: {
    nodes: `{\n${settings.map((each, index) => `  'oslo-${index + 1}': ${node(each)},\n`).join('')}}`,
  },
});

export const nodesExplanations: Explanations<keyof typeof nodesCodes> = {
  'resolve/address-missing': {
    meaning: 'The nodes find each other by IPv4; IPv6 is used beside it, not instead.',
    example: {
      config: {
        nodes: `{ 'oslo-1': ${node("address6: '2001:db8::1'")} }`,
        k3s: "{ ipv6: { clusterCidr: 'fd00:42::/56', serviceCidr: 'fd00:43::/112' } }",
      },
    },
  },
  'resolve/address-needed': {
    meaning:
      'flannel accepts packets from anyone who can send them. Its port must be open only to the other nodes, so their addresses must be known.',
    example: {
      config: {
        nodes: `{\n  'oslo-1': ${node("role: 'server', address: '192.0.2.1'")},\n  'oslo-2': ${node("role: 'agent'")},\n}`,
        k3s: "{ flannelBackend: 'vxlan' }",
      },
    },
  },
  'resolve/address-twice': {
    meaning: 'Two machines cannot share an address. One of the two is usually a copied line.',
    example: many("role: 'server', address: '192.0.2.1'", "role: 'agent', address: '192.0.2.1'"),
  },
  'resolve/address-unknown': {
    meaning:
      'The firewall can let in only addresses that are known. Both ports ask for keys, so strangers can only try. Metrics of a node without an address are not collected.',
    example: many("role: 'server', address: '192.0.2.1'", "role: 'agent'"),
  },
  'resolve/address6-missing': {
    meaning: 'In a dual-stack cluster each node needs an IPv4 and an IPv6 address.',
    example: {
      config: {
        nodes: `{ 'oslo-1': ${node("address: '192.0.2.1'")} }`,
        k3s: "{ ipv6: { clusterCidr: 'fd00:42::/56', serviceCidr: 'fd00:43::/112' } }",
      },
    },
  },
  'resolve/address6-unused': {
    meaning: 'Nothing would use the address.',
    example: one("address: '192.0.2.1', address6: '2001:db8::1'"),
  },
  'resolve/first-is-agent': {
    meaning: 'The first node creates the cluster, which only a server can do.',
    example: many("role: 'server', address: '192.0.2.1'", "role: 'agent', address: '192.0.2.2', first: true"),
  },
  'resolve/first-twice': {
    meaning: 'Two nodes that each create a cluster make two clusters.',
    example: many(
      "role: 'server', address: '192.0.2.1', first: true",
      "role: 'server', address: '192.0.2.2', first: true",
      "role: 'server', address: '192.0.2.3'",
    ),
  },
  'resolve/first-without-address': {
    meaning: 'The other nodes get the address before any machine exists, so it must be known beforehand.',
    example: many("role: 'server'", "role: 'agent', address: '192.0.2.2'"),
  },
  'resolve/fsync-limit-zero': {
    meaning: "The node's setup would stop, whatever disk it has.",
    example: one("fsyncLimit: '0ms'"),
  },
  'resolve/label-reserved': {
    meaning: 'A node may not give itself such labels, because some of them decide where secrets go.',
    example: one("labels: { 'node-role.kubernetes.io/gpu': 'true' }"),
  },
  'resolve/no-nginx': {
    meaning: 'All calls come in through nginx. Without it nobody can reach the platform.',
    example: one('nginx: false'),
  },
  'resolve/no-server': {
    meaning: 'Agents only run pods. The state of the cluster is on servers.',
    example: many("role: 'agent', address: '192.0.2.1'", "role: 'agent', address: '192.0.2.2'"),
  },
  'resolve/node-in-cluster-range': {
    meaning: "Other nodes would look for this one among the cluster's own addresses and never find it.",
    example: one("address: '10.42.0.7'"),
  },
  'resolve/node-named-localhost': {
    meaning: 'On every machine the name would lead to the machine itself.',
    example: { config: { nodes: "{ localhost: { provider: 'coolvds', country: 'NO' } }" } },
  },
  'resolve/not-ipv6': {
    meaning: 'Kubernetes and the firewall would refuse the address.',
    example: one("address: '192.0.2.1', address6: '2001:db8::1::2'"),
  },
  'resolve/nothing-schedulable': {
    meaning: 'OpenFaaS itself and every function would wait for a node forever.',
    example: one("taints: ['role=gateway:NoSchedule']"),
  },
  'resolve/server-without-address': {
    meaning: 'The etcd members on the servers talk to each other, at addresses that the firewall lets in.',
    example: many(
      "role: 'server', address: '192.0.2.1'",
      "role: 'server', address: '192.0.2.2'",
      "role: 'server'",
    ),
  },
  'resolve/servers-even': {
    meaning:
      'etcd works while more than half of its servers do. An even number adds a machine that can fail, but no safety.',
    example: many("role: 'server', address: '192.0.2.1'", "role: 'server', address: '192.0.2.2'"),
  },
  'resolve/node-without-role': {
    meaning: 'Fjord does not guess which machines keep the state of the cluster.',
    example: many("role: 'server', address: '192.0.2.1'", "address: '192.0.2.2'"),
  },
  'resolve/port-shared': {
    meaning: 'Whichever program starts later fails. If that is SSH, nobody can log in any more.',
    example: {
      config: {
        nodes: "{ 'oslo-1': { provider: 'coolvds', sshPort: 2222 } }",
        gateway: '{ statusPort: 2222 }',
      },
    },
  },
  'resolve/sysctl-out-of-range': {
    meaning: 'The kernel refuses the value, so sysctl fails and stops the script that sets up the node.',
    example: { config: { kernel: "{ sysctl: { 'vm.swappiness': 300 } }" } },
  },
  'resolve/port-taken': {
    meaning: 'Two programs cannot listen on one port. If SSH loses, nobody can log in any more.',
    example: one('sshPort: 443'),
  },
  'resolve/user-exists': {
    meaning: 'cloud-init does not change a user that already exists, so your keys might not get in.',
    example: one(
      "ssh: { user: 'root', keys: ['ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIExampleExampleExampleExampleExampleExampleExampl'] }",
    ),
  },
  'resolve/sysctl-gone': {
    meaning:
      'Recipes outlive the kernels that they were written for. sysctl fails on a setting that does not exist, which stops the script that sets up the node.',
    example: { config: { kernel: "{ sysctl: { 'net.ipv4.tcp_tw_recycle': 1 } }" } },
  },
  'resolve/sysctl-misspelt': {
    meaning: 'sysctl fails on a setting that does not exist, which stops the script that sets up the node.',
    example: { config: { kernel: "{ sysctl: { 'vm.swapiness': 10 } }" } },
  },
  'resolve/sysctl-not-a-number': {
    meaning: 'The kernel refuses the value, so sysctl fails and stops the script that sets up the node.',
    example: { config: { kernel: "{ sysctl: { 'vm.swappiness': 'low' } }" } },
  },
  'resolve/sysctl-unknown': {
    meaning:
      'Which settings exist depends on the kernel, its modules and the names of the network interfaces. Fjord knows only those that every node has.',
    example: { config: { kernel: "{ sysctl: { 'net.ipv4.conf.eth0.rp_filter': 2 } }" } },
  },
  'resolve/sysctl-overridden': {
    meaning:
      'Pods need the node to forward packets and to filter the traffic between them, so K3s sets this itself.',
    example: { config: { kernel: "{ sysctl: { 'net.ipv4.ip_forward': 0 } }" } },
  },
  'resolve/sysctl-lowers': {
    meaning:
      'Recipes for older kernels carry numbers that were an improvement then, but are a step back today.',
    example: { config: { kernel: "{ sysctl: { 'fs.file-max': 2097152 } }" } },
  },
};
