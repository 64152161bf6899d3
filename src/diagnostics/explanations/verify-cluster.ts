import type { verifyClusterCodes } from '../codes/verify-cluster.ts';
import type { Explanations } from './explanation.ts';

const node = (role: string, number: number) =>
  `{ provider: 'coolvds', country: 'NO', role: '${role}', address: '192.0.2.${number}' }`;
const two = { nodes: `{ 'oslo-1': ${node('server', 1)}, 'oslo-2': ${node('agent', 2)} }` };
const three = {
  nodes: `{ 'oslo-1': ${node('server', 1)}, 'oslo-2': ${node('server', 2)}, 'oslo-3': ${node('server', 3)} }`,
};
const script = (name: string) => `cloud-init/${name}.yaml#/usr/local/sbin/fjord-apply`;

export const verifyClusterExplanations: Explanations<keyof typeof verifyClusterCodes> = {
  'verify/certificate-lacks': {
    meaning: 'A node that joins would not trust the server, and would stop.',
    example: {
      config: two,
      dist: { path: script('oslo-1'), from: 'tls-san:\n  - "192.0.2.1"', to: 'tls-san:\n  - "192.0.2.9"' },
    },
  },
  'verify/joins-elsewhere': {
    meaning: 'The node would wait for a server that does not exist.',
    example: {
      config: two,
      dist: { path: script('oslo-2'), from: 'https://192.0.2.1:6443', to: 'https://192.0.2.9:6443' },
    },
  },
  'verify/k3s-key-too-new': {
    meaning: 'K3s only warns about keys that it does not know, so the setting would have no effect.',
    example: {
      config: { k3s: "{ version: 'v1.37.1+k3s1', kubeconfigName: 'oslo' }" },
      dist: { path: 'platform.lock.json', from: 'v1.37.1+k3s1', to: 'v1.36.5+k3s1' },
    },
  },
  'verify/manifests-misplaced': {
    meaning:
      "Two nodes that apply manifests would undo each other's changes. With none, the cluster stays empty.",
    example: {
      dist: {
        path: script('oslo-1'),
        from: '/var/lib/rancher/k3s/server/manifests/fjord.yaml',
        to: '/var/lib/rancher/k3s/server/manifests/fjord-source.yaml',
      },
    },
  },
  'verify/not-one-first': {
    meaning: 'Two servers that each begin a cluster make two clusters. With none, there is no cluster.',
    example: {
      config: three,
      dist: { path: script('oslo-2'), from: 'server: https://192.0.2.1:6443\n', to: '' },
    },
  },
  'verify/owned-twice': {
    meaning: 'Both would change the object back to their own version, again and again.',
    example: {
      config: {
        delivery:
          "{ mode: 'gitops', git: { tool: 'flux', repository: 'https://git.example.no/platform.git' } }",
      },
      dist: {
        path: script('oslo-1'),
        from: 'put 0644 /etc/fjord/firewall.nft',
        to: "put 0600 /var/lib/rancher/k3s/server/manifests/fjord-functions.yaml <<'END'\napiVersion: v1\nkind: Service\nmetadata:\n  name: gateway\n  namespace: openfaas\nspec:\n  ports:\n    - port: 8080\nEND\nput 0644 /etc/fjord/firewall.nft",
      },
    },
  },
  'verify/server-token-on-agent': {
    meaning:
      'An agent runs code that outsiders can call. An attacker who takes it over must not get the cluster as well.',
    example: {
      config: two,
      dist: { path: script('oslo-2'), from: 'k3s/agent-token', to: 'k3s/server-token' },
    },
  },
  'verify/servers-differ': {
    meaning: 'K3s refuses a server whose settings differ from those of the first.',
    example: {
      config: three,
      dist: { path: script('oslo-2'), from: '  - servicelb\n', to: '' },
    },
  },
  'verify/token-without-place': {
    meaning: 'K3s would exit, because the file that should hold its token does not exist.',
    example: {
      config: two,
      dist: {
        path: script('oslo-2'),
        from: 'token-file: /etc/rancher/k3s/agent-token',
        to: 'token-file: /etc/rancher/k3s/server-token',
      },
    },
  },
};
