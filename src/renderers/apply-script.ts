import type { Artifact } from '../artifacts/artifact.ts';
import { basicAuthSecret } from '../constructs/platform-secrets.ts';
import { joinTokens } from '../platform/join-tokens.ts';
import type { Node } from '../platform/node.ts';
import type { Platform } from '../platform/platform.ts';
import { nodeFiles } from './node-files.ts';
import type { Renderer } from './renderer.ts';
import { shellWord } from './shell-word.ts';
import { template } from './template.ts';

const print = template('apply.sh.hbs');

/** For each node the one script that makes it what was compiled. User-data carries it; on a later day it is run again. */
export const renderApplyScripts: Renderer = ({ platform, marker, artifacts }) =>
  platform.nodes.map(
    (node): Artifact => ({
      path: applyScriptPath(node),
      kind: 'script',
      text: print(view(platform, node, marker, artifacts)),
      source: ['nodes', node.name],
    }),
  );

export function applyScriptPath(node: Node): string {
  return `nodes/${node.name}/apply.sh`;
}

function view(platform: Platform, node: Node, marker: string, artifacts: readonly Artifact[]) {
  const { k3s, openfaas } = platform;
  // A + in a version must be encoded in the path of a release.
  const release = `${k3s.downloadFrom}/${encodeURIComponent(k3s.version)}`;
  return {
    marker,
    files: nodeFiles(platform, node, marker, artifacts).map((file) => ({ ...file, end: endOf(file.text) })),
    name: node.name,
    role: node.role,
    unit: node.role === 'server' ? 'k3s' : 'k3s-agent',
    isServer: node.role === 'server',
    joins: node.joins ?? false,
    tokenFiles: node.tokens.map((token) => joinTokens[token].file).join(' '),
    nginx: node.nginx,
    hardened: k3s.hardened,
    kubeconfigGroup: node.role === 'server' && (k3s.kubeconfigGroup ?? false),
    sysctlFile: '/etc/sysctl.d/99-serverless.conf',
    k3sVersion: k3s.version,
    k3sVersionQuoted: shellWord(k3s.version),
    binaryUrl: shellWord(`${release}/${node.arch === 'amd64' ? 'k3s' : `k3s-${node.arch}`}`),
    checksumsUrl: shellWord(`${release}/sha256sum-${node.arch}.txt`),
    binarySha256: k3s.binarySha256[node.arch] ?? false,
    installerUrl: shellWord(k3s.installer.url),
    installerSha256: shellWord(k3s.installer.sha256),
    namespace: shellWord(openfaas.namespace),
    makesAdminSecret: node.first && openfaas.adminSecret === 'node',
    basicAuthSecret: shellWord(basicAuthSecret),
  };
}

/** A line that ends a here-document and does not stand in it. */
function endOf(text: string): string {
  const lines = new Set(text.split('\n'));
  let end = 'END';
  while (lines.has(end)) end += '_';
  return end;
}
