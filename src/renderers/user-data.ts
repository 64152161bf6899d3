import { gzipSync, strToU8 } from 'fflate';
import type { Artifact, NodeFile } from '../artifacts/artifact.ts';
import { printYaml } from '../artifacts/print-yaml.ts';
import type { Node } from '../platform/node.ts';
import type { Platform } from '../platform/platform.ts';
import { bootstrapFile, bootstrapPath } from './bootstrap.ts';
import { firewallFile } from './firewall.ts';
import { k3sConfigFile } from './k3s-config.ts';
import { nginxConfPath } from './nginx.ts';
import type { Renderer } from './renderer.ts';
import { sysctlFile } from './sysctl.ts';
import { tlsFiles } from './tls.ts';

/**
 * Where K3s takes manifests from by itself. All in one file: K3s deletes what leaves a file, but nothing when a file
 * leaves, and together they compress to half.
 */
const manifestsPath = '/var/lib/rancher/k3s/server/manifests/fjord.yaml';

const packages = [
  'apparmor',
  'ca-certificates',
  'certbot',
  'curl',
  'nftables',
  'nginx',
  'openssl',
  'unattended-upgrades',
];

/** The user-data of every node: what to paste when it is made. */
export const renderUserData: Renderer = ({ platform, marker, artifacts }) =>
  platform.nodes.map(
    (node): Artifact => ({
      path: `cloud-init/${node.name}.yaml`,
      kind: 'user-data',
      text: `#cloud-config\n# ${marker}\n${printYaml(cloudConfig(platform, node, marker, artifacts))}`,
      source: ['nodes', node.name],
    }),
  );

function cloudConfig(
  platform: Platform,
  node: Node,
  marker: string,
  artifacts: readonly Artifact[],
): unknown {
  return {
    hostname: node.name,
    package_update: true,
    packages,
    write_files: nodeFiles(platform, node, marker, artifacts).map(writeFile),
    // One script that stops at the first failure: cloud-init itself goes on after one.
    runcmd: [[bootstrapPath]],
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
    bootstrapFile(platform, node, marker),
    ...tlsFiles(platform, marker),
    ...artifacts.filter((artifact) => artifact.kind === 'nginx').map(nginxFile),
    manifestsFile(artifacts),
  ];
}

function nginxFile({ kind, text }: Artifact): NodeFile {
  return { path: nginxConfPath, kind, text, permissions: '0644', defer: true };
}

function manifestsFile(artifacts: readonly Artifact[]): NodeFile {
  const manifests = artifacts.filter((artifact) => artifact.kind === 'manifest');
  const text = manifests.map((artifact) => artifact.text).join('---\n');
  return { path: manifestsPath, kind: 'manifest', text, permissions: '0600', defer: false };
}

function writeFile({ path, text, permissions, defer }: NodeFile): unknown {
  const compressed = compress(text);
  return {
    path,
    permissions,
    owner: 'root:root',
    ...(defer && { defer: true }),
    ...(compressed === undefined ? { content: text } : { encoding: 'gz+b64', content: compressed }),
  };
}

/** A file this small stays readable. */
const smallFile = 1024;

/**
 * The file gzipped and in base64, where that saves at least a quarter. The compressor is JavaScript, not Node's zlib,
 * whose output differs between processors and versions.
 */
function compress(text: string): string | undefined {
  if (text.length < smallFile) return undefined;
  const encoded = Buffer.from(gzipSync(strToU8(text), { level: 9, mtime: 0 })).toString('base64');
  return encoded.length * 4 <= Buffer.byteLength(text) * 3 ? encoded : undefined;
}
