import { createHash } from 'node:crypto';
import { gzip } from 'pako';
import type { Artifact } from '../../artifacts/artifact.ts';
import { printYaml } from '../../artifacts/print-yaml.ts';
import { joinTokens } from '../../platform/nodes/join-tokens.ts';
import type { Node } from '../../platform/nodes/node.ts';
import { places } from '../../platform/nodes/places.ts';
import { noProxyOf } from '../../platform/nodes/proxy/calls.ts';
import type { Platform } from '../../platform/platform.ts';
import { applyScriptPath } from '../apply-script/apply-script.ts';
import type { Renderer } from '../renderer.ts';
import { shellWord } from '../shell-word.ts';
import { template } from '../template.ts';

/** The user-data of every node, to paste when the node is created. */
export const renderUserData: Renderer = ({ platform, marker, artifacts, remember }) =>
  platform.nodes.map((node): Artifact => {
    const script = artifacts.find(({ path }) => path === applyScriptPath(node))?.text ?? '';
    const { scripts } = platform.delivery;
    const started =
      scripts === undefined
        ? remember(`carried ${script}`, () => carried(script))
        : fetched(platform, node, scripts, script, marker);
    return {
      path: `cloud-init/${node.name}.yaml`,
      kind: 'user-data',
      text: `#cloud-config\n# ${marker}\n${printYaml(cloudConfig(node, started))}`,
      source: ['nodes', node.name],
    };
  });

interface StartedFile {
  readonly path: string;
  readonly permissions: '0700';
  readonly encoding?: 'gz+b64';
  readonly content: string;
}

/**
 * One script with all other files, which also installs the packages. Files compress far better together than one by one.
 * The script retries transient failures and stops at the first permanent one, but cloud-init's own modules would go on.
 */
function carried(script: string): StartedFile {
  return { path: places.applyScript, permissions: '0700', encoding: 'gz+b64', content: compress(script) };
}

const fetchScript = template('user-data/templates/fjord-fetch.sh.hbs');

/** A script that fetches that one, and starts no other. */
function fetched(
  platform: Platform,
  { name, proxy }: Node,
  scripts: string,
  script: string,
  marker: string,
): StartedFile {
  const content = fetchScript({
    marker,
    scriptUrl: shellWord(`${scripts}/${name}/apply.sh`),
    scriptSha256: createHash('sha256').update(script).digest('hex'),
    applyScript: places.applyScript,
    proxy: proxy ?? false,
    noProxy: proxy !== undefined && noProxyOf(platform, proxy),
  });
  return { path: places.fetchScript, permissions: '0700', content };
}

function cloudConfig(node: Node, started: StartedFile): unknown {
  return {
    hostname: node.name,
    ...login(node),
    write_files: [
      started,
      // Not in apply.sh, because that is committed: tokens are filled in only when the user-data is pasted.
      ...node.tokens.map((token) => ({
        path: joinTokens[token].file,
        permissions: '0600',
        content: joinTokens[token].placeholder,
      })),
    ],
    runcmd: [[started.path]],
  };
}

/** SSH keys for a separate user, or for the image's default user. */
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
 * Compresses in JavaScript, because the output of Node's zlib differs between processors and versions. With this little
 * memory it starts a new block more often, which suits mixed languages: it saves 36 bytes on the reference platform.
 */
function compress(text: string): string {
  return Buffer.from(gzip(text, { level: 9, memLevel: 6 })).toString('base64');
}
