import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { DistDirectory, WrittenFile } from './dist-directories.ts';
import { runTool, type ToolRun } from './run-tool.ts';
import { toolsDirectory } from './tools-directory.ts';

/** The operating systems whose own programs can be run here: this machine's and what `.ci/install-tools` unpacked. */
const roots: Record<string, string> = {
  'debian-12': '/',
  'debian-13': join(toolsDirectory(), 'debian-13/root'),
};

/** Whose packages an OS is closest to, of those that can be run here: what counts is nginx below or above 1.25.1. */
const closest: Record<string, string> = {
  'debian-12': 'debian-12',
  'ubuntu-24.04': 'debian-12',
  'debian-13': 'debian-13',
  'ubuntu-26.04': 'debian-13',
};

/** The file system of the OS that a node runs, or `undefined` when this machine does not have it. */
export function rootOf(os: string): string | undefined {
  const root = roots[closest[os] ?? ''];
  return root && existsSync(join(root, 'etc/nginx/nginx.conf')) ? root : undefined;
}

/** Each node's OS, by its name. */
export function nodesOf({ path }: DistDirectory): Record<string, string> {
  const lock = JSON.parse(readFileSync(join(path, 'platform.lock.json'), 'utf8')) as {
    nodes: readonly { name: string; os: string }[];
  };
  return Object.fromEntries(lock.nodes.map(({ name, os }) => [name, os]));
}

/**
 * Runs a bash script over the file system of a node that has these files, as root, in mount, network and PID
 * namespaces of its own: real ports, real paths, and nothing is left behind. The script finds the node's file system
 * at `$node_root`, and stops at the first command that fails.
 */
export function runInNodeRoot(root: string, files: readonly WrittenFile[], script: string): ToolRun {
  const directory = mkdtempSync(join(tmpdir(), 'node-root-'));
  try {
    const tree = join(directory, 'files');
    mkdirSync(tree);
    for (const { path, permissions, content } of files) {
      mkdirSync(dirname(join(tree, path)), { recursive: true });
      writeFileSync(join(tree, path), content);
      chmodSync(join(tree, path), Number.parseInt(permissions, 8));
    }
    writeFileSync(join(directory, 'script'), script);
    const namespaces = ['--mount', '--net', '--pid', '--fork', '--kill-child'];
    return runTool('unshare', [...namespaces, join(import.meta.dirname, 'in-node-root.sh'), directory, root]);
  } finally {
    rmSync(directory, { recursive: true });
  }
}
