import { define } from '../../../diagnostics/definition.ts';

const nodes = (...settings: readonly string[]) => ({
  config: {
    nodes: `{\n${settings
      .map((each, index) => `  'oslo-${index + 1}': { ${each}, country: 'NO' },\n`)
      .join('')}}`,
  },
});

const server = "provider: 'aws', role: 'server', address: '10.0.0.1', externalAddress: '203.0.113.1'";

/** What `resolve` reports about external addresses of nodes. */
export const resolveExternalDiagnostics = {
  'resolve/external-address-inside': define<{ address: string; use: string }>({
    severity: 'error',
    fact: ({ address, use }) => `${address} cannot be reached from other networks, because it is ${use}`,
    hint: () =>
      "write the machine's public address, as the provider shows it; an address of its own goes into address",
    meaning: 'The other nodes would send their packets to nobody, or to a machine of their own network.',
    example: nodes(
      "role: 'server', address: '10.0.0.1', externalAddress: '100.64.0.1'",
      "role: 'agent', externalAddress: '203.0.113.2'",
    ),
  }),
  'resolve/external-address-missing': define<{ name: string; address: string; other: string }>({
    severity: 'error',
    fact: ({ name, address, other }) =>
      `node '${other}' has an externalAddress, but other networks cannot reach ${address} of '${name}'`,
    hint: ({ name, other }) => `add nodes.${name}.externalAddress, or remove that of '${other}'`,
    meaning:
      'Nodes of other networks are reached at external addresses. A node that has only a private address would be reached from its own network, but from no other.',
    example: nodes(server, "role: 'agent', address: '10.0.0.2'"),
  }),
  'resolve/external-address-own': define<{ name: string; address: string }>({
    severity: 'error',
    fact: ({ name, address }) => `${address} is already the address of '${name}'`,
    hint: () => 'remove externalAddress',
    meaning: 'A node that has a public address on its own card is reached there without any other setting.',
    example: nodes(
      "role: 'server', address: '203.0.113.1', externalAddress: '203.0.113.1'",
      "role: 'agent', externalAddress: '203.0.113.2'",
    ),
  }),
  'resolve/external-address-twice': define<{ address: string; other: string }>({
    severity: 'error',
    fact: ({ address, other }) => `${address} already leads to node '${other}'`,
    hint: () =>
      'give each node a public address of its own; nodes that share one behind a NAT cannot be in a cluster that others join from outside',
    meaning:
      'WireGuard and the Kubernetes API have one port on each node. A NAT with one address can pass a port on to only one machine.',
    example: nodes(server, "role: 'agent', address: '10.0.0.2', externalAddress: '203.0.113.1'"),
  }),
  'resolve/external-address-unused': define<{ name: string }>({
    severity: 'error',
    fact: ({ name }) => `'${name}' is the only node, so no other node needs its external address`,
    hint: () => 'remove externalAddress; nginx answers at every address of the machine, and behind a NAT',
    meaning: 'Nothing would use the address.',
    example: nodes("address: '10.0.0.1', externalAddress: '203.0.113.1'"),
  }),
  'resolve/external-needs-wireguard': define<{ name: string; backend: string }>({
    severity: 'error',
    fact: ({ name, backend }) =>
      `node '${name}' is reached at an external address, which ${backend} cannot do`,
    hint: () => "write flannelBackend: 'wireguard-native', or remove flannelBackend",
    meaning:
      'K3s spreads a cluster over networks only by WireGuard. Other backends would send the traffic of pods over the internet unencrypted, if it arrived at all.',
    example: {
      config: {
        ...nodes(server, "role: 'agent', externalAddress: '203.0.113.2'").config,
        k3s: "{ flannelBackend: 'vxlan' }",
      },
    },
  }),
  'resolve/servers-apart': define<{ one: string; first: string; other: string; second: string }>({
    severity: 'error',
    fact: ({ one, first, other, second }) =>
      `server '${other}' at ${second} would reach server '${one}' at ${first} only at an external address, which etcd does not use`,
    hint: ({ other }) => `use one provider for all servers, or make '${other}' an agent (role: 'agent')`,
    meaning:
      'K3s does not support etcd over external addresses: servers must reach each other at their own ones, and quickly. Agents may be anywhere.',
    example: nodes(
      server,
      "provider: 'aws', role: 'server', address: '10.0.0.2', externalAddress: '203.0.113.2'",
      "provider: 'gcp', role: 'server', address: '10.1.0.3', externalAddress: '198.51.100.3'",
    ),
  }),
};
