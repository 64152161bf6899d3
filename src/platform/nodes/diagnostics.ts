import { define } from '../../diagnostics/definition.ts';

const node = (settings: string) => `{ provider: 'coolvds', country: 'NO', ${settings} }`;

const one = (settings: string) => ({ config: { nodes: `{ 'oslo-1': ${node(settings)} }` } });

const many = (...settings: readonly string[]) => ({
  config: {
    nodes: `{\n${settings.map((each, index) => `  'oslo-${index + 1}': ${node(each)},\n`).join('')}}`,
  },
});

const list = (words: readonly string[]): string => words.join(', ');

/** What `resolve` reports about nodes. */
export const resolveNodesDiagnostics = {
  'resolve/fsync-limit-zero': define({
    severity: 'error',
    fact: () => 'no disk can sync a write in 0 ms',
    hint: () => "write an acceptable time, such as '10ms', or remove fsyncLimit",
    meaning: "The node's setup would stop, whatever disk it has.",
    example: one("fsyncLimit: '0ms'"),
  }),
  'resolve/user-exists': define<{ user: string }>({
    severity: 'error',
    fact: ({ user }) => `the image already has a user '${user}'`,
    hint: () => "choose another name, or remove user to use the image's own",
    meaning: 'cloud-init does not change a user that already exists, so your keys might not be added.',
    example: one(
      "ssh: { user: 'root', keys: ['ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIExampleExampleExampleExampleExampleExampleExampl'] }",
    ),
  }),
  'resolve/address-missing': define<{ name: string }>({
    severity: 'error',
    fact: ({ name }) => `node '${name}' has an address6 but no address`,
    hint: () => 'add its IPv4 address',
    meaning: 'The nodes find each other by IPv4. IPv6 is used in addition to it, not instead.',
    example: {
      config: {
        nodes: `{ 'oslo-1': ${node("address6: '2001:db8::1'")} }`,
        k3s: "{ ipv6: { clusterCidr: 'fd00:42::/56', serviceCidr: 'fd00:43::/112' } }",
      },
    },
  }),
  'resolve/address-needed': define<{ name: string; backend: string }>({
    severity: 'error',
    fact: ({ name, backend }) =>
      `node '${name}' has no address, so the port of flannel's ${backend} would be open to everyone`,
    hint: () => "add its address, or use flannelBackend: 'wireguard-native'",
    meaning:
      'flannel accepts packets from anyone who can send them. Its port must be open only to the other nodes, so their addresses must be known.',
    example: {
      config: {
        nodes: `{\n  'oslo-1': ${node("role: 'server', address: '192.0.2.1'")},\n  'oslo-2': ${node("role: 'agent'")},\n}`,
        k3s: "{ flannelBackend: 'vxlan' }",
      },
    },
  }),
  'resolve/address-of-no-machine': define<{ address: string; use: string }>({
    severity: 'error',
    fact: ({ address, use }) => `no machine has the address ${address}, which is ${use}`,
    hint: () => "write the machine's own address, public or private, as `ip -brief address` prints it there",
    meaning:
      'K3s would give this address to the other nodes. They would reach themselves or nobody, but not this node.',
    example: one("address: '127.0.0.1'"),
  }),
  'resolve/address-twice': define<{ address: string; other: string }>({
    severity: 'error',
    fact: ({ address, other }) => `${address} is already the address of node '${other}'`,
    hint: () => 'give each node its own address',
    meaning: 'Two machines cannot share an address. One of the two is usually a copied line.',
    example: many("role: 'server', address: '192.0.2.1'", "role: 'agent', address: '192.0.2.1'"),
  }),
  'resolve/address-unknown': define<{ name: string }>({
    severity: 'warning',
    fact: ({ name }) =>
      `node '${name}' has no address, so 6443/tcp on servers and 51820/udp on all nodes are open to everyone`,
    hint: () => 'add its address as soon as you know it',
    meaning:
      'The firewall can only open ports to addresses that it knows. Both ports authenticate by key, so strangers do not get in. Metrics of a node without an address are not collected.',
    example: many("role: 'server', address: '192.0.2.1'", "role: 'agent'"),
  }),
  'resolve/address6-missing': define<{ name: string }>({
    severity: 'error',
    fact: ({ name }) => `node '${name}' has an address but no address6, which k3s.ipv6 requires`,
    hint: () => 'add its address6, or remove its address so that K3s detects both',
    meaning: 'In a dual-stack cluster each node needs an IPv4 and an IPv6 address.',
    example: {
      config: {
        nodes: `{ 'oslo-1': ${node("address: '192.0.2.1'")} }`,
        k3s: "{ ipv6: { clusterCidr: 'fd00:42::/56', serviceCidr: 'fd00:43::/112' } }",
      },
    },
  }),
  'resolve/address6-unused': define<{ name: string }>({
    severity: 'error',
    fact: ({ name }) => `node '${name}' has an address6, but the cluster has no IPv6`,
    hint: () => 'set k3s.ipv6, or remove address6',
    meaning: 'Nothing would use the address.',
    example: one("address: '192.0.2.1', address6: '2001:db8::1'"),
  }),
  'resolve/first-is-agent': define<{ name: string }>({
    severity: 'error',
    fact: ({ name }) => `node '${name}' is an agent, but only a server can be first`,
    hint: () => 'write first: true on a server',
    meaning: 'The first node creates the cluster, which only a server can do.',
    example: many("role: 'server', address: '192.0.2.1'", "role: 'agent', address: '192.0.2.2', first: true"),
  }),
  'resolve/first-twice': define<{ name: string; other: string }>({
    severity: 'error',
    fact: ({ name, other }) => `nodes '${name}' and '${other}' are both first`,
    hint: () => 'keep first: true on one of them',
    meaning: 'Two nodes that each create a cluster make two clusters.',
    example: many(
      "role: 'server', address: '192.0.2.1', first: true",
      "role: 'server', address: '192.0.2.2', first: true",
      "role: 'server', address: '192.0.2.3'",
    ),
  }),
  'resolve/first-without-address': define<{ name: string }>({
    severity: 'error',
    fact: ({ name }) => `server '${name}' is where the other nodes join, but it has no address`,
    hint: () => "add address: '…', which the machine itself must have and the other nodes must reach",
    meaning: 'The other nodes get the address before any machine exists, so it must be known beforehand.',
    example: many("role: 'server'", "role: 'agent', address: '192.0.2.2'"),
  }),
  'resolve/label-reserved': define<{ key: string }>({
    severity: 'error',
    fact: ({ key }) =>
      `the label '${key}' has a prefix that is reserved for Kubernetes, so K3s would not start`,
    hint: () => 'use a domain of your own: example.no/name',
    meaning: 'A node may not give itself such labels, because some of them decide where secrets go.',
    example: one("labels: { 'node-role.kubernetes.io/gpu': 'true' }"),
  }),
  'resolve/no-nginx': define({
    severity: 'error',
    fact: () => 'no node runs nginx, so no calls can come in',
    hint: () => 'remove nginx: false from a server',
    meaning: 'All calls go through nginx. Without it nobody can reach the platform.',
    example: one('nginx: false'),
  }),
  'resolve/no-server': define<{ agents: readonly string[] }>({
    severity: 'error',
    fact: ({ agents }) => `there are agents (${list(agents)}) but no server for them to join`,
    hint: () => "make one of them role: 'server'",
    meaning: 'Agents only run pods. The state of the cluster is on servers.',
    example: many("role: 'agent', address: '192.0.2.1'", "role: 'agent', address: '192.0.2.2'"),
  }),
  'resolve/node-in-cluster-range': define<{ address: string; range: string }>({
    severity: 'error',
    fact: ({ address, range }) => `${address} is in ${range}, which is the cluster's own network`,
    hint: () => "change the cluster's range in k3s, or the node's address",
    meaning: "Other nodes would look for this one among the cluster's own addresses and never find it.",
    example: one("address: '10.42.0.7'"),
  }),
  'resolve/node-named-localhost': define({
    severity: 'error',
    fact: () => "a node cannot be named 'localhost', which is every machine's name for itself",
    hint: () => 'choose another name',
    meaning: 'On every machine the name would mean the machine itself.',
    example: { config: { nodes: "{ localhost: { provider: 'coolvds', country: 'NO' } }" } },
  }),
  'resolve/not-ipv6': define<{ text: string }>({
    severity: 'error',
    fact: ({ text }) => `'${text}' is not a valid IPv6 address`,
    hint: () => 'check its groups: there are eight, or fewer with :: once',
    meaning: 'Kubernetes and the firewall would refuse the address.',
    example: one("address: '192.0.2.1', address6: '2001:db8::1::2'"),
  }),
  'resolve/nothing-schedulable': define({
    severity: 'error',
    fact: () => 'every node has a taint that repels pods, so none would start',
    hint: () => 'remove the taints of one node',
    meaning: 'OpenFaaS itself and every function would wait for a node forever.',
    example: one("taints: ['role=gateway:NoSchedule']"),
  }),
  'resolve/server-without-address': define<{ name: string }>({
    severity: 'error',
    fact: ({ name }) => `server '${name}' has no address for etcd on the other servers to reach`,
    hint: () => "add address: '…'",
    meaning:
      'The etcd members on the servers connect to each other, and the firewall allows only known addresses.',
    example: many(
      "role: 'server', address: '192.0.2.1'",
      "role: 'server', address: '192.0.2.2'",
      "role: 'server'",
    ),
  }),
  'resolve/servers-even': define<{ servers: readonly string[] }>({
    severity: 'error',
    fact: ({ servers }) =>
      `${servers.length} servers (${list(servers)}) tolerate no more failures than ${servers.length - 1}, ${servers.length === 2 ? 'and either one failing stops the cluster' : 'but one more machine can fail'}`,
    hint: ({ servers }) =>
      servers.length === 2
        ? "make one an agent (role: 'agent'), or add a third server"
        : "make one an agent (role: 'agent'), or add a server",
    meaning:
      'etcd works while more than half of its servers do. An even number adds a machine that can fail, but no safety.',
    example: many("role: 'server', address: '192.0.2.1'", "role: 'server', address: '192.0.2.2'"),
  }),
  'resolve/node-without-role': define<{ name: string; count: number }>({
    severity: 'error',
    fact: ({ name, count }) => `node '${name}' has no role, but needs one because there are ${count} nodes`,
    hint: () => "add role: 'server' or role: 'agent'",
    meaning: 'Fjord does not guess which machines keep the state of the cluster.',
    example: many("role: 'server', address: '192.0.2.1'", "address: '192.0.2.2'"),
  }),
  'resolve/port-open-already': define<{ port: number; instead: string }>({
    severity: 'error',
    fact: ({ port, instead }) => `${instead} decides who reaches port ${port}`,
    hint: ({ instead }) => `write the networks in ${instead}, and remove the port here`,
    meaning: 'If a port were in two lists, the wider one would win.',
    example: one("ports: [{ port: 6443, reason: 'kubectl from the office' }]"),
  }),
  'resolve/port-opened-twice': define<{ port: number }>({
    severity: 'error',
    fact: ({ port }) => `port ${port} is already opened by an earlier entry`,
    hint: () => 'write all of its networks in one entry',
    meaning: 'If a port were in two entries, the wider one would win.',
    example: one(
      "ports: [{ port: 9100, networks: ['192.0.2.0/24'], reason: 'node exporter' }, { port: 9100, reason: 'node exporter' }]",
    ),
  }),
  'resolve/port-taken': define<{ port: number; program: string }>({
    severity: 'error',
    fact: ({ port }) => `port ${port} is used by nginx or Kubernetes on every node`,
    hint: ({ program }) => `choose another port for ${program}`,
    meaning: 'Two programs cannot listen on one port. If SSH loses, nobody can log in any more.',
    example: one('sshPort: 443'),
  }),
};
