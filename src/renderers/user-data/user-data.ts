import { gzip } from 'pako';
import type { Artifact } from '../../artifacts/artifact.ts';
import { printYaml } from '../../artifacts/print-yaml.ts';
import { joinTokens } from '../../platform/nodes/join-tokens.ts';
import type { Node } from '../../platform/nodes/node.ts';
import { places } from '../../platform/nodes/places.ts';
import { applyScriptPath } from '../apply-script/apply-script.ts';
import type { Renderer } from '../renderer.ts';

/** The user-data of every node: what to paste when it is made. */
export const renderUserData: Renderer = ({ platform, marker, artifacts }) =>
  platform.nodes.map(
    (node): Artifact => ({
      path: `cloud-init/${node.name}.yaml`,
      kind: 'user-data',
      text: `#cloud-config\n# ${marker}\n${printYaml(cloudConfig(node, artifacts))}`,
      source: ['nodes', node.name],
    }),
  );

/**
 * One script, which carries every other file and installs the packages. Together files compress far better than one by
 * one, and the script tries again what may pass and stops at the first failure, where cloud-init's own modules go on.
 */
function cloudConfig(node: Node, artifacts: readonly Artifact[]): unknown {
  const script = artifacts.find(({ path }) => path === applyScriptPath(node))?.text ?? '';
  return {
    hostname: node.name,
    ...login(node),
    write_files: [
      { path: places.applyScript, permissions: '0700', encoding: 'gz+b64', content: compress(script) },
      // Not in apply.sh: that is committed, and tokens only come in when the user-data is pasted.
      ...node.tokens.map((token) => ({
        path: joinTokens[token].file,
        permissions: '0600',
        content: joinTokens[token].placeholder,
      })),
    ],
    runcmd: [[places.applyScript]],
  };
}

/** Keys for a user of their own, or for the image's. */
function login({ ssh }: Node): Record<string, unknown> {
  if (ssh === undefined) return {};
  if (ssh.user === undefined) return { ssh_authorized_keys: ssh.keys };
  const user = {
    name: ssh.user,
    groups: 'sudo',
    shell: '/bin/bash',
    sudo: 'ALL=(ALL) NOPASSWD:ALL',
    lock_passwd: true,
    ssh_authorized_keys: ssh.keys,
  };
  return { users: ['default', user] };
}

/**
 * The compressor is JavaScript, not Node's zlib, whose output differs between processors and versions. With this little
 * memory it begins anew more often, which suits a text of many languages: 36 bytes less of the reference platform.
 */
function compress(text: string): string {
  return Buffer.from(gzip(text, { level: 9, memLevel: 6 })).toString('base64');
}
