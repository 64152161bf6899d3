import { define } from '../definition.ts';

const list = (words: readonly string[]): string => words.join(', ');

export const nodesCodes = {
  'resolve/fsync-limit-zero': define({
    severity: 'error',
    fact: () => 'no disk can sync a write in 0 ms',
    hint: () => "write an acceptable time, such as '10ms', or remove fsyncLimit",
  }),
  'resolve/user-exists': define<{ user: string }>({
    severity: 'error',
    fact: ({ user }) => `the image already has a user '${user}'`,
    hint: () => "choose another name, or remove user to use the image's own",
  }),
  'resolve/address-missing': define<{ name: string }>({
    severity: 'error',
    fact: ({ name }) => `node '${name}' has an address6 but no address`,
    hint: () => 'add its IPv4 address',
  }),
  'resolve/address-needed': define<{ name: string; backend: string }>({
    severity: 'error',
    fact: ({ name, backend }) =>
      `node '${name}' has no address, so the port of flannel's ${backend} would be open to everyone`,
    hint: () => "add its address, or use flannelBackend: 'wireguard-native'",
  }),
  'resolve/address-twice': define<{ address: string; other: string }>({
    severity: 'error',
    fact: ({ address, other }) => `${address} is already the address of node '${other}'`,
    hint: () => 'give each node its own address',
  }),
  'resolve/address-unknown': define<{ name: string }>({
    severity: 'warning',
    fact: ({ name }) =>
      `node '${name}' has no address, so 6443/tcp on servers and 51820/udp on all nodes are open to everyone`,
    hint: () => 'add its address as soon as you know it',
  }),
  'resolve/address6-missing': define<{ name: string }>({
    severity: 'error',
    fact: ({ name }) => `node '${name}' has an address but no address6, which k3s.ipv6 requires`,
    hint: () => 'add its address6, or remove its address so that K3s detects both',
  }),
  'resolve/address6-unused': define<{ name: string }>({
    severity: 'error',
    fact: ({ name }) => `node '${name}' has an address6, but the cluster has no IPv6`,
    hint: () => 'set k3s.ipv6, or remove address6',
  }),
  'resolve/first-is-agent': define<{ name: string }>({
    severity: 'error',
    fact: ({ name }) => `node '${name}' is an agent, but only a server can be first`,
    hint: () => 'write first: true on a server',
  }),
  'resolve/first-twice': define<{ name: string; other: string }>({
    severity: 'error',
    fact: ({ name, other }) => `nodes '${name}' and '${other}' are both first`,
    hint: () => 'keep first: true on one of them',
  }),
  'resolve/first-without-address': define<{ name: string }>({
    severity: 'error',
    fact: ({ name }) => `server '${name}' is where the other nodes join, but it has no address`,
    hint: () => "add address: '…', which the machine itself must have and the other nodes must reach",
  }),
  'resolve/label-reserved': define<{ key: string }>({
    severity: 'error',
    fact: ({ key }) =>
      `the label '${key}' has a prefix that is reserved for Kubernetes, so K3s would not start`,
    hint: () => 'use a domain of your own: example.no/name',
  }),
  'resolve/no-nginx': define({
    severity: 'error',
    fact: () => 'no node runs nginx, so no calls can come in',
    hint: () => 'remove nginx: false from a server',
  }),
  'resolve/no-server': define<{ agents: readonly string[] }>({
    severity: 'error',
    fact: ({ agents }) => `there are agents (${list(agents)}) but no server for them to join`,
    hint: () => "make one of them role: 'server'",
  }),
  'resolve/node-in-cluster-range': define<{ address: string; range: string }>({
    severity: 'error',
    fact: ({ address, range }) => `${address} is in ${range}, which is the cluster's own network`,
    hint: () => "change the cluster's range in k3s, or the node's address",
  }),
  'resolve/node-named-localhost': define({
    severity: 'error',
    fact: () => "a node cannot be named 'localhost': that is every machine's name for itself",
    hint: () => 'choose another name',
  }),
  'resolve/not-ipv6': define<{ text: string }>({
    severity: 'error',
    fact: ({ text }) => `'${text}' is not a valid IPv6 address`,
    hint: () => 'check its groups: there are eight, or fewer with :: once',
  }),
  'resolve/nothing-schedulable': define({
    severity: 'error',
    fact: () => 'every node has a taint that repels pods, so none would start',
    hint: () => 'remove the taints of one node',
  }),
  'resolve/server-without-address': define<{ name: string }>({
    severity: 'error',
    fact: ({ name }) => `server '${name}' has no address for etcd on the other servers to reach`,
    hint: () => "add address: '…'",
  }),
  'resolve/servers-even': define<{ servers: readonly string[] }>({
    severity: 'error',
    fact: ({ servers }) =>
      `${servers.length} servers (${list(servers)}) tolerate no more failures than ${servers.length - 1}, ${servers.length === 2 ? 'and either one failing stops the cluster' : 'but one more machine can fail'}`,
    hint: ({ servers }) =>
      servers.length === 2
        ? "make one an agent (role: 'agent'), or add a third server"
        : "make one an agent (role: 'agent'), or add a server",
  }),
  'resolve/node-without-role': define<{ name: string; count: number }>({
    severity: 'error',
    fact: ({ name, count }) =>
      `node '${name}' has no role, which it needs beside other nodes (${count} in total)`,
    hint: () => "add role: 'server' or role: 'agent'",
  }),
  'resolve/port-taken': define<{ port: number; program: string }>({
    severity: 'error',
    fact: ({ port }) => `port ${port} is used by nginx or Kubernetes on every node`,
    hint: ({ program }) => `choose another port for ${program}`,
  }),
  'resolve/port-shared': define<{ port: number; node: string }>({
    severity: 'error',
    fact: ({ port, node }) => `port ${port} is already the SSH port of node '${node}'`,
    hint: () => 'choose another statusPort, such as 8090',
  }),
  'resolve/sysctl-out-of-range': define<{ key: string; value: string; least: number; most: number }>({
    severity: 'error',
    fact: ({ key, value, least, most }) => `${key} must be from ${least} to ${most}, but this is ${value}`,
    hint: ({ key }) => `write a number in that range, or remove ${key}`,
  }),
  'resolve/sysctl-gone': define<{ key: string; since: string; instead: string }>({
    severity: 'error',
    fact: ({ key, since }) => `${key} was removed in Linux ${since}, so a node would fail to set it`,
    hint: ({ instead }) => instead,
  }),
  'resolve/sysctl-misspelt': define<{ key: string; meant: string }>({
    severity: 'error',
    fact: ({ key }) => `Linux has no setting ${key}`,
    hint: ({ meant }) => `did you mean '${meant}'?`,
  }),
  'resolve/sysctl-not-a-number': define<{ key: string; value: string }>({
    severity: 'error',
    fact: ({ key, value }) => `${key} takes whole numbers, but this is '${value}'`,
    hint: ({ key }) => `write a number, or remove ${key}`,
  }),
  'resolve/sysctl-unknown': define<{ key: string }>({
    severity: 'warning',
    fact: ({ key }) =>
      `Fjord does not know whether the nodes have ${key}; without it, their first boot fails`,
    hint: ({ key }) =>
      `run sysctl ${key} on a machine of that kind first: it prints the value if the setting exists`,
  }),
  'resolve/sysctl-overridden': define<{ key: string; value: string; k3s: string }>({
    severity: 'warning',
    fact: ({ key, value, k3s }) => `K3s sets ${key} to ${k3s} whenever it starts, so ${value} does not last`,
    hint: () => 'remove this line',
  }),
  'resolve/sysctl-lowers': define<{ key: string; value: string; ours: string; os: string; node: string }>({
    severity: 'warning',
    fact: ({ key, value, ours, os, node }) =>
      `${key} = ${value} is lower than the ${ours} that ${os} sets on node '${node}'`,
    hint: () => 'remove this line; the profile keeps the value of the OS',
  }),
};
