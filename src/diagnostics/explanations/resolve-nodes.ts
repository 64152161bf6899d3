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
    meaning: 'The nodes find each other by IPv4; IPv6 comes beside it, not instead.',
    example: {
      config: {
        nodes: `{ 'oslo-1': ${node("address6: '2001:db8::1'")} }`,
        k3s: "{ ipv6: { clusterCidr: 'fd00:42::/56', serviceCidr: 'fd00:43::/112' } }",
      },
    },
  },
  'resolve/address-needed': {
    meaning:
      'A port that believes everybody must be open to the other nodes alone, and so their addresses must be known.',
    example: {
      config: {
        nodes: `{\n  'oslo-1': ${node("role: 'server', address: '192.0.2.1'")},\n  'oslo-2': ${node("role: 'agent'")},\n}`,
        k3s: "{ flannelBackend: 'vxlan' }",
      },
    },
  },
  'resolve/address-twice': {
    meaning: 'Two machines cannot be at one address; one of them is usually a copied line.',
    example: many("role: 'server', address: '192.0.2.1'", "role: 'agent', address: '192.0.2.1'"),
  },
  'resolve/address-unknown': {
    meaning: 'Which addresses may come in can only be written down when they are known.',
    example: many("role: 'server', address: '192.0.2.1'", "role: 'agent'"),
  },
  'resolve/address6-missing': {
    meaning: 'In a cluster of both families each node needs an address of both.',
    example: {
      config: {
        nodes: `{ 'oslo-1': ${node("address: '192.0.2.1'")} }`,
        k3s: "{ ipv6: { clusterCidr: 'fd00:42::/56', serviceCidr: 'fd00:43::/112' } }",
      },
    },
  },
  'resolve/address6-unused': {
    meaning: 'The address would be known to nothing.',
    example: one("address: '192.0.2.1', address6: '2001:db8::1'"),
  },
  'resolve/first-is-agent': {
    meaning: 'The first node makes the cluster, and only a server can.',
    example: many("role: 'server', address: '192.0.2.1'", "role: 'agent', address: '192.0.2.2', first: true"),
  },
  'resolve/first-twice': {
    meaning: 'Two nodes that each make a cluster make two.',
    example: many(
      "role: 'server', address: '192.0.2.1', first: true",
      "role: 'server', address: '192.0.2.2', first: true",
      "role: 'server', address: '192.0.2.3'",
    ),
  },
  'resolve/first-without-address': {
    meaning: 'The others are told where to join before they exist, so it must be known beforehand.',
    example: many("role: 'server'", "role: 'agent', address: '192.0.2.2'"),
  },
  'resolve/fsync-limit-zero': {
    meaning: 'The node would refuse to become one, whatever disk it has.',
    example: one("fsyncLimit: '0ms'"),
  },
  'resolve/label-reserved': {
    meaning: 'A node may not give itself such labels, since some of them decide where secrets go.',
    example: one("labels: { 'node-role.kubernetes.io/gpu': 'true' }"),
  },
  'resolve/no-nginx': {
    meaning: 'All calls come in by nginx. Without it there is a platform that nobody can reach.',
    example: one('nginx: false'),
  },
  'resolve/no-server': {
    meaning: 'Agents run pods and nothing else. The cluster itself lives on servers.',
    example: many("role: 'agent', address: '192.0.2.1'", "role: 'agent', address: '192.0.2.2'"),
  },
  'resolve/node-in-cluster-range': {
    meaning: "The node would look for the other one among the cluster's own addresses and never find it.",
    example: one("address: '10.42.0.7'"),
  },
  'resolve/node-named-localhost': {
    meaning: 'The name would lead each machine to itself.',
    example: { config: { nodes: "{ localhost: { provider: 'coolvds', country: 'NO' } }" } },
  },
  'resolve/not-ipv6': {
    meaning: 'Kubernetes and the firewall would refuse the address.',
    example: one("address: '192.0.2.1', address6: '2001:db8::1::2'"),
  },
  'resolve/nothing-schedulable': {
    meaning: 'OpenFaaS itself and every function would wait for a place for ever.',
    example: one("taints: ['role=gateway:NoSchedule']"),
  },
  'resolve/server-without-address': {
    meaning: 'etcd on the servers agrees by talking to each other, at addresses that the firewall lets in.',
    example: many(
      "role: 'server', address: '192.0.2.1'",
      "role: 'server', address: '192.0.2.2'",
      "role: 'server'",
    ),
  },
  'resolve/servers-even': {
    meaning:
      'etcd works while more than half of its servers do. An even number adds a machine that can fail and no safety.',
    example: many("role: 'server', address: '192.0.2.1'", "role: 'server', address: '192.0.2.2'"),
  },
  'resolve/node-without-role': {
    meaning: 'Which machines keep the state of the cluster is not something to guess.',
    example: many("role: 'server', address: '192.0.2.1'", "address: '192.0.2.2'"),
  },
  'resolve/port-shared': {
    meaning: 'Whichever of the two starts later does not start. If that is SSH, nobody gets in any more.',
    example: {
      config: {
        nodes: "{ 'oslo-1': { provider: 'coolvds', sshPort: 2222 } }",
        gateway: '{ statusPort: 2222 }',
      },
    },
  },
  'resolve/sysctl-out-of-range': {
    meaning: 'The kernel refuses the value, sysctl fails, and so does the script that makes the node.',
    example: { config: { kernel: "{ sysctl: { 'vm.swappiness': 300 } }" } },
  },
  'resolve/port-taken': {
    meaning: 'Two programs cannot listen at one port. If SSH loses, nobody gets in any more.',
    example: one('sshPort: 443'),
  },
  'resolve/user-exists': {
    meaning: 'cloud-init leaves a user alone that is there already, so your keys might not get in.',
    example: one(
      "ssh: { user: 'root', keys: ['ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIExampleExampleExampleExampleExampleExampleExampl'] }",
    ),
  },
  'resolve/sysctl-gone': {
    meaning:
      'Recipes outlive the kernels that they were written for. At a setting that is not there, sysctl fails, and so does the script that makes the node.',
    example: { config: { kernel: "{ sysctl: { 'net.ipv4.tcp_tw_recycle': 1 } }" } },
  },
  'resolve/sysctl-misspelt': {
    meaning: 'At a setting that is not there, sysctl fails, and so does the script that makes the node.',
    example: { config: { kernel: "{ sysctl: { 'vm.swapiness': 10 } }" } },
  },
  'resolve/sysctl-not-a-number': {
    meaning: 'The kernel refuses the value, sysctl fails, and so does the script that makes the node.',
    example: { config: { kernel: "{ sysctl: { 'vm.swappiness': 'low' } }" } },
  },
  'resolve/sysctl-unknown': {
    meaning:
      'Which settings there are depends on the kernel, its modules and the names of the network interfaces. Fjord knows those that each node has.',
    example: { config: { kernel: "{ sysctl: { 'net.ipv4.conf.eth0.rp_filter': 2 } }" } },
  },
  'resolve/sysctl-overridden': {
    meaning:
      'Pods need the node to forward packets and to filter those between them, so K3s sees to it by itself.',
    example: { config: { kernel: "{ sysctl: { 'net.ipv4.ip_forward': 0 } }" } },
  },
  'resolve/sysctl-lowers': {
    meaning:
      'Recipes for older kernels carry numbers that were an improvement then and take something away today.',
    example: { config: { kernel: "{ sysctl: { 'fs.file-max': 2097152 } }" } },
  },
};
