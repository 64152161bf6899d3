import { define } from '../../../diagnostics/definition.ts';
import { compileAgain } from '../../compile-again.ts';

const node = (role: string, number: number) =>
  `{ provider: 'coolvds', country: 'NO', role: '${role}', address: '192.0.2.${number}' }`;

const two = { nodes: `{ 'oslo-1': ${node('server', 1)}, 'oslo-2': ${node('agent', 2)} }` };

const script = (name: string) => `cloud-init/${name}.yaml#/usr/local/sbin/fjord-apply`;

const three = {
  nodes: `{ 'oslo-1': ${node('server', 1)}, 'oslo-2': ${node('server', 2)}, 'oslo-3': ${node('server', 3)} }`,
};

/** What `verify` reports about K3s. */
export const verifyK3sDiagnostics = {
  'verify/certificate-lacks': define<{ node: string; address: string }>({
    severity: 'error',
    fact: ({ node, address }) =>
      `nodes join at ${address}, but the certificate of ${node} is not valid for it (tls-san)`,
    hint: compileAgain,
    meaning: 'A node that joins would not trust the server, and would stop.',
    example: {
      config: two,
      dist: { path: script('oslo-1'), from: 'tls-san:\n  - "192.0.2.1"', to: 'tls-san:\n  - "192.0.2.9"' },
    },
  }),
  'verify/dns-not-said': define<{ node: string; place: string; wanted: string }>({
    severity: 'error',
    fact: ({ node, place, wanted }) =>
      `K3s on ${node} takes pods' DNS servers from ${place}, but must take them from ${wanted}`,
    hint: compileAgain,
    meaning:
      'K3s would look for DNS servers itself, and take 8.8.8.8 of Google if the machine names none but itself.',
    example: {
      dist: { path: script('oslo-1'), from: 'resolv-conf: /etc/fjord/', to: 'resolv-conf: /etc/' },
    },
  }),
  'verify/joins-elsewhere': define<{ node: string; at: string; address: string }>({
    severity: 'error',
    fact: ({ node, at, address }) => `${node} joins at ${at}, but the first server is at ${address}`,
    hint: compileAgain,
    meaning: 'The node would wait for a server that does not exist.',
    example: {
      config: two,
      dist: { path: script('oslo-2'), from: 'https://192.0.2.1:6443', to: 'https://192.0.2.9:6443' },
    },
  }),
  'verify/k3s-key-too-new': define<{ key: string; since: string; version: string }>({
    severity: 'error',
    fact: ({ key, since, version }) =>
      `K3s ${version} ignores the key '${key}', which needs ${since} or newer`,
    hint: compileAgain,
    meaning: 'K3s only warns about keys that it does not know, so the setting would have no effect.',
    example: {
      config: { k3s: "{ version: 'v1.37.1+k3s1', kubeconfigName: 'oslo' }" },
      dist: { path: 'platform.lock.json', from: 'v1.37.1+k3s1', to: 'v1.36.5+k3s1' },
    },
  }),
  'verify/lost-node-kept': define<{ node: string; argument: string }>({
    severity: 'error',
    fact: ({ node, argument }) => `the API server on ${node} does not get the argument ${argument}`,
    hint: compileAgain,
    meaning:
      'Pods of a lost node would start on another node only after six minutes. Until then the gateway could be away.',
    example: {
      config: two,
      dist: {
        path: script('oslo-1'),
        from: 'default-unreachable-toleration-seconds=30',
        to: 'default-unreachable-toleration-seconds=300',
      },
    },
  }),
  'verify/manifests-misplaced': define<{ nodes: readonly string[] }>({
    severity: 'error',
    fact: ({ nodes }) =>
      `the manifests are on ${nodes.join(', ') || 'no node'}, but belong only on the first server`,
    hint: compileAgain,
    meaning:
      "Two nodes that apply manifests would undo each other's changes. With none, the cluster stays empty.",
    example: {
      dist: {
        path: script('oslo-1'),
        from: '/var/lib/rancher/k3s/server/manifests/fjord.yaml',
        to: '/var/lib/rancher/k3s/server/manifests/fjord-source.yaml',
      },
    },
  }),
  'verify/not-one-first': define<{ nodes: readonly string[] }>({
    severity: 'error',
    fact: ({ nodes }) =>
      `exactly one server must begin the cluster, but here ${nodes.join(', ') || 'none'} would`,
    hint: compileAgain,
    meaning: 'Two servers that each begin a cluster make two clusters. With none, there is no cluster.',
    example: {
      config: three,
      dist: { path: script('oslo-2'), from: 'server: https://192.0.2.1:6443\n', to: '' },
    },
  }),
  'verify/server-token-on-agent': define<{ node: string }>({
    severity: 'error',
    fact: ({ node }) => `the agent ${node} would get the server token, which controls the whole cluster`,
    hint: compileAgain,
    meaning:
      'An agent runs code that outsiders can call. An attacker who takes it over must not get the cluster as well.',
    example: {
      config: two,
      dist: { path: script('oslo-2'), from: 'k3s/agent-token', to: 'k3s/server-token' },
    },
  }),
  'verify/servers-differ': define<{ key: string; one: string; other: string }>({
    severity: 'error',
    fact: ({ key, one, other }) =>
      `${key} must be the same on all servers, but differs between ${one} and ${other}`,
    hint: compileAgain,
    meaning: 'K3s refuses a server whose settings differ from those of the first.',
    example: {
      config: three,
      dist: { path: script('oslo-2'), from: '  - servicelb\n', to: '' },
    },
  }),
  'verify/token-without-place': define<{ node: string; file: string }>({
    severity: 'error',
    fact: ({ node, file }) => `K3s on ${node} reads ${file}, which its user-data does not write`,
    hint: compileAgain,
    meaning: 'K3s would exit, because the file that should hold its token does not exist.',
    example: {
      config: two,
      dist: {
        path: script('oslo-2'),
        from: 'token-file: /etc/rancher/k3s/agent-token',
        to: 'token-file: /etc/rancher/k3s/server-token',
      },
    },
  }),
  'verify/memory-not-reserved': define<{ node: string; key: string; value: string; found: string }>({
    severity: 'error',
    fact: ({ node, key, value, found }) =>
      `the kubelet of ${node} has ${key}=${found}, but it needs ${value}`,
    hint: compileAgain,
    meaning:
      'Functions could take the memory that K3s and nginx need, and the kernel would end whatever it chooses. Eviction needs all four signals: one that is set drops the defaults of the others.',
    example: {
      dist: {
        path: 'cloud-init/oslo-1.yaml#/etc/rancher/k3s/config.yaml',
        from: 'memory.available<100Mi',
        to: 'memory.available<1Mi',
      },
    },
  }),
  'verify/node-named-otherwise': define<{ node: string; named: string }>({
    severity: 'error',
    fact: ({ node, named }) => `K3s calls ${node} by the name '${named}'`,
    hint: compileAgain,
    meaning: 'What is placed on a node by its name would not find it.',
    example: {
      dist: {
        path: 'cloud-init/oslo-1.yaml#/etc/rancher/k3s/config.yaml',
        from: 'node-name: oslo-1',
        to: 'node-name: oslo-2',
      },
    },
  }),
};
