import { define } from '../definition.ts';
import { compileAgain } from './verify.ts';

/** Problems of how the nodes become one cluster, found in what was emitted. */
export const verifyClusterCodes = {
  'verify/certificate-lacks': define<{ node: string; address: string }>({
    severity: 'error',
    fact: ({ node, address }) =>
      `nodes join at ${address}, but the certificate of ${node} is not valid for it (tls-san)`,
    hint: compileAgain,
  }),
  'verify/joins-elsewhere': define<{ node: string; at: string; address: string }>({
    severity: 'error',
    fact: ({ node, at, address }) => `${node} joins at ${at}, but the first server is at ${address}`,
    hint: compileAgain,
  }),
  'verify/k3s-key-too-new': define<{ key: string; since: string; version: string }>({
    severity: 'error',
    fact: ({ key, since, version }) =>
      `K3s ${version} ignores the key '${key}', which needs ${since} or newer`,
    hint: compileAgain,
  }),
  'verify/manifests-misplaced': define<{ nodes: readonly string[] }>({
    severity: 'error',
    fact: ({ nodes }) =>
      `the manifests are on ${nodes.join(', ') || 'no node'}, but belong only on the first server`,
    hint: compileAgain,
  }),
  'verify/not-one-first': define<{ nodes: readonly string[] }>({
    severity: 'error',
    fact: ({ nodes }) =>
      `exactly one server must begin the cluster, but here ${nodes.join(', ') || 'none'} would`,
    hint: compileAgain,
  }),
  'verify/owned-twice': define<{ object: string }>({
    severity: 'error',
    fact: ({ object }) => `${object} comes both from a node and from the Git repository`,
    hint: compileAgain,
  }),
  'verify/server-token-on-agent': define<{ node: string }>({
    severity: 'error',
    fact: ({ node }) => `the agent ${node} would get the server token, which controls the whole cluster`,
    hint: compileAgain,
  }),
  'verify/servers-differ': define<{ key: string; one: string; other: string }>({
    severity: 'error',
    fact: ({ key, one, other }) =>
      `${key} must be the same on all servers, but differs between ${one} and ${other}`,
    hint: compileAgain,
  }),
  'verify/token-without-place': define<{ node: string; file: string }>({
    severity: 'error',
    fact: ({ node, file }) => `K3s on ${node} reads ${file}, which its user-data does not write`,
    hint: compileAgain,
  }),
};
