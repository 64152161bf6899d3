import { define } from '../definition.ts';

const list = (words: readonly string[]): string => words.join(', ');

export const nodesCodes = {
  'resolve/fsync-limit-zero': define({
    severity: 'error',
    fact: () => 'no disk keeps a write in no time at all',
    hint: () => "write what is good enough, such as '10ms', or leave it out",
  }),
  'resolve/user-exists': define<{ user: string }>({
    severity: 'error',
    fact: ({ user }) => `the image has a user '${user}' of its own`,
    hint: () => "choose another name, or leave it out for the image's own user",
  }),
  'resolve/address-missing': define<{ name: string }>({
    severity: 'error',
    fact: ({ name }) => `node '${name}' has an address6 and no address, and a cluster of Fjord is IPv4 first`,
    hint: () => 'add its address',
  }),
  'resolve/address-needed': define<{ name: string; backend: string }>({
    severity: 'error',
    fact: ({ name, backend }) =>
      `node '${name}' has no address, so flannel's ${backend}, which trusts whoever writes to it, would have to be open to the world`,
    hint: () => "add its address, or use flannelBackend: 'wireguard-native'",
  }),
  'resolve/address-twice': define<{ address: string; other: string }>({
    severity: 'error',
    fact: ({ address, other }) => `${address} is the address of node '${other}' already`,
    hint: () => 'give each node its own',
  }),
  'resolve/address-unknown': define<{ name: string }>({
    severity: 'warning',
    fact: ({ name }) =>
      `node '${name}' has no address, so ports 6443/tcp of the servers and 51820/udp of all nodes are open to the world (both ask for keys), and its metrics are not collected`,
    hint: () => 'add its address as soon as you know it',
  }),
  'resolve/address6-missing': define<{ name: string }>({
    severity: 'error',
    fact: ({ name }) =>
      `node '${name}' has an address and no address6, and k3s.ipv6 makes the cluster dual-stack`,
    hint: () => 'add its address6, or remove its address so that K3s finds both',
  }),
  'resolve/address6-unused': define<{ name: string }>({
    severity: 'error',
    fact: ({ name }) => `node '${name}' has an address6, and the cluster has no IPv6`,
    hint: () => 'set k3s.ipv6, or remove address6',
  }),
  'resolve/first-is-agent': define<{ name: string }>({
    severity: 'error',
    fact: ({ name }) => `node '${name}' is an agent, and only a server can be first`,
    hint: () => 'put first: true on a server',
  }),
  'resolve/first-twice': define<{ name: string; other: string }>({
    severity: 'error',
    fact: ({ name, other }) => `node '${name}' is first, and so is '${other}'`,
    hint: () => 'keep one',
  }),
  'resolve/first-without-address': define<{ name: string }>({
    severity: 'error',
    fact: ({ name }) => `server '${name}' is where the other nodes join, and it has no address`,
    hint: () => "add address: '…', one that the machine itself has and the others can reach",
  }),
  'resolve/label-reserved': define<{ key: string }>({
    severity: 'error',
    fact: ({ key }) =>
      `the label '${key}' has a prefix that belongs to Kubernetes, with which K3s does not start`,
    hint: () => 'use a domain of your own: example.no/name',
  }),
  'resolve/no-nginx': define({
    severity: 'error',
    fact: () => 'nginx runs on no node, so no call comes in',
    hint: () => 'remove nginx: false from a server',
  }),
  'resolve/no-server': define<{ agents: readonly string[] }>({
    severity: 'error',
    fact: ({ agents }) => `there are agents (${list(agents)}) and no server that they could join`,
    hint: () => "make one of them role: 'server'",
  }),
  'resolve/node-in-cluster-range': define<{ address: string; range: string }>({
    severity: 'error',
    fact: ({ address, range }) => `${address} lies in ${range}, which belongs to the cluster's own network`,
    hint: () => "move the cluster's range in k3s, or the node",
  }),
  'resolve/node-named-localhost': define({
    severity: 'error',
    fact: () => "a node cannot be named 'localhost': that is every machine's name for itself",
    hint: () => 'give it a name of its own',
  }),
  'resolve/not-ipv6': define<{ text: string }>({
    severity: 'error',
    fact: ({ text }) => `'${text}' looks like IPv6 and is not`,
    hint: () => 'check its groups: eight of them, or :: once',
  }),
  'resolve/nothing-schedulable': define({
    severity: 'error',
    fact: () => 'every node has a taint that keeps pods away, so none would start',
    hint: () => 'remove the taints of one node',
  }),
  'resolve/server-without-address': define<{ name: string }>({
    severity: 'error',
    fact: ({ name }) => `server '${name}' has no address, at which etcd on the other servers must reach it`,
    hint: () => "add address: '…'",
  }),
  'resolve/servers-even': define<{ servers: readonly string[] }>({
    severity: 'error',
    fact: ({ servers }) =>
      `${servers.length} servers (${list(servers)}) bear no more losses than ${servers.length - 1}, and are lost by one more machine`,
    hint: ({ servers }) =>
      servers.length === 2
        ? "make one an agent (role: 'agent'), or add a third server"
        : "make one an agent (role: 'agent'), or add a server",
  }),
  'resolve/node-without-role': define<{ name: string; count: number }>({
    severity: 'error',
    fact: ({ name, count }) => `node '${name}' has no role, and there are ${count} nodes`,
    hint: () => "add role: 'server' or role: 'agent'",
  }),
  'resolve/port-taken': define<{ port: number; program: string }>({
    severity: 'error',
    fact: ({ port }) => `port ${port} belongs to nginx or Kubernetes on each node`,
    hint: ({ program }) => `let ${program} listen on another port`,
  }),
  'resolve/port-shared': define<{ port: number; node: string }>({
    severity: 'error',
    fact: ({ port, node }) => `port ${port} is that of SSH on node '${node}' already`,
    hint: () => 'write another statusPort, such as 8090',
  }),
  'resolve/sysctl-out-of-range': define<{ key: string; value: string; least: number; most: number }>({
    severity: 'error',
    fact: ({ key, value, least, most }) =>
      `the kernel takes ${least} to ${most} for ${key}, and this is ${value}`,
    hint: ({ key }) => `write a number in that range, or remove ${key}`,
  }),
  'resolve/sysctl-gone': define<{ key: string; since: string; instead: string }>({
    severity: 'error',
    fact: ({ key, since }) =>
      `Linux has had no ${key} since ${since}, and a node stops at what it cannot set`,
    hint: ({ instead }) => instead,
  }),
  'resolve/sysctl-misspelt': define<{ key: string; meant: string }>({
    severity: 'error',
    fact: ({ key }) => `Linux has no setting ${key}`,
    hint: ({ meant }) => `did you mean '${meant}'?`,
  }),
  'resolve/sysctl-not-a-number': define<{ key: string; value: string }>({
    severity: 'error',
    fact: ({ key, value }) => `${key} takes whole numbers, and this is '${value}'`,
    hint: ({ key }) => `write a number, or remove ${key}`,
  }),
  'resolve/sysctl-unknown': define<{ key: string }>({
    severity: 'warning',
    fact: ({ key }) =>
      `whether the nodes have ${key} is not known, and one that does not stops at its first boot`,
    hint: () => 'try it on a machine of that kind first: sysctl, with the key, says what it has',
  }),
  'resolve/sysctl-overridden': define<{ key: string; value: string; k3s: string }>({
    severity: 'warning',
    fact: ({ key, value, k3s }) => `K3s sets ${key} to ${k3s} whenever it starts, so ${value} does not last`,
    hint: () => 'remove the line',
  }),
  'resolve/sysctl-lowers': define<{ key: string; value: string; ours: string; os: string; node: string }>({
    severity: 'warning',
    fact: ({ key, value, ours, os, node }) =>
      `${key} = ${value} makes node '${node}' worse: ${os} has ${ours} by itself`,
    hint: () => 'remove the line; the profile leaves it as the OS has it',
  }),
};
