import type { Artifact, NodeFile } from '../artifacts/artifact.ts';
import { basicAuthSecret } from '../constructs/basic-auth.ts';
import type { Node } from '../platform/node.ts';
import type { Platform } from '../platform/platform.ts';
import { firewallFile } from './firewall.ts';
import { k3sConfigFile } from './k3s-config.ts';
import { nginxConfPath } from './nginx.ts';
import type { Renderer } from './renderer.ts';
import { shellWord } from './shell-word.ts';
import { sysctlFile } from './sysctl.ts';
import { template } from './template.ts';
import { tlsFiles } from './tls.ts';

/**
 * Where K3s takes manifests from by itself. All in one file: K3s deletes what leaves a file, but nothing when a file
 * leaves.
 */
const manifestsPath = '/var/lib/rancher/k3s/server/manifests/fjord.yaml';

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
    sysctlFile: '/etc/sysctl.d/99-serverless.conf',
    k3sVersion: k3s.version,
    k3sVersionQuoted: shellWord(k3s.version),
    binaryUrl: shellWord(`${release}/${node.arch === 'amd64' ? 'k3s' : `k3s-${node.arch}`}`),
    checksumsUrl: shellWord(`${release}/sha256sum-${node.arch}.txt`),
    binarySha256: k3s.binarySha256[node.arch] ?? false,
    installerUrl: shellWord(k3s.installer.url),
    installerSha256: shellWord(k3s.installer.sha256),
    namespace: shellWord(openfaas.namespace),
    basicAuthSecret: shellWord(basicAuthSecret),
  };
}

/** What a node gets as files. */
function nodeFiles(
  platform: Platform,
  node: Node,
  marker: string,
  artifacts: readonly Artifact[],
): NodeFile[] {
  return [
    sysctlFile(node, marker),
    k3sConfigFile(platform, node, marker),
    firewallFile(platform, node, marker),
    ...tlsFiles(platform, marker),
    ...artifacts.filter((artifact) => artifact.kind === 'nginx').map(nginxFile),
    manifestsFile(artifacts),
  ];
}

function nginxFile({ kind, text }: Artifact): NodeFile {
  return { path: nginxConfPath, kind, text, permissions: '0644' };
}

function manifestsFile(artifacts: readonly Artifact[]): NodeFile {
  const manifests = artifacts.filter((artifact) => artifact.kind === 'manifest');
  const text = manifests.map((artifact) => artifact.text).join('---\n');
  return { path: manifestsPath, kind: 'manifest', text, permissions: '0600' };
}

/** A line that ends a here-document and does not stand in it. */
function endOf(text: string): string {
  const lines = new Set(text.split('\n'));
  let end = 'END';
  while (lines.has(end)) end += '_';
  return end;
}
