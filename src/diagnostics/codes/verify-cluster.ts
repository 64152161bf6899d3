import { define } from '../definition.ts';
import { compileAgain } from './verify.ts';

/** Problems of how the nodes become one cluster, found in what was emitted. */
export const verifyClusterCodes = {
  'verify/certificate-lacks': define<{ node: string; address: string }>({
    severity: 'error',
    fact: ({ node, address }) =>
      `nodes join at ${address}, and the certificate of ${node} is not for it (tls-san)`,
    hint: compileAgain,
  }),
  'verify/joins-elsewhere': define<{ node: string; at: string; address: string }>({
    severity: 'error',
    fact: ({ node, at, address }) => `${node} joins at ${at}, and the first server is at ${address}`,
    hint: compileAgain,
  }),
  'verify/k3s-key-too-new': define<{ key: string; since: string; version: string }>({
    severity: 'error',
    fact: ({ key, since, version }) =>
      `K3s ${version} ignores the key '${key}', which is there since ${since}`,
    hint: compileAgain,
  }),
  'verify/manifests-misplaced': define<{ nodes: readonly string[] }>({
    severity: 'error',
    fact: ({ nodes }) =>
      `the manifests are on ${nodes.join(', ') || 'no node'}, and belong on the first server alone`,
    hint: compileAgain,
  }),
  'verify/not-one-first': define<{ nodes: readonly string[] }>({
    severity: 'error',
    fact: ({ nodes }) => `${nodes.join(', ') || 'no server'} would begin a cluster, and exactly one must`,
    hint: compileAgain,
  }),
  'verify/owned-twice': define<{ object: string }>({
    severity: 'error',
    fact: ({ object }) => `${object} comes both from a node and from the Git repository`,
    hint: compileAgain,
  }),
  'verify/server-token-on-agent': define<{ node: string }>({
    severity: 'error',
    fact: ({ node }) => `the agent ${node} would get the server token, which is the key to the whole cluster`,
    hint: compileAgain,
  }),
  'verify/servers-differ': define<{ key: string; one: string; other: string }>({
    severity: 'error',
    fact: ({ key, one, other }) =>
      `${key} must be the same on all servers, and differs between ${one} and ${other}`,
    hint: compileAgain,
  }),
  'verify/token-without-place': define<{ node: string; file: string }>({
    severity: 'error',
    fact: ({ node, file }) => `K3s on ${node} reads ${file}, for which its user-data has no place`,
    hint: compileAgain,
  }),
};
