import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type NodeFile, nodeFilesOf } from '../gateway/node-files.ts';
import { type DistDirectory, distDirectories } from './dist-directories.ts';
import { toolsDirectory } from './tools-directory.ts';

/** One node of a compiled platform. */
export interface CompiledNode {
  readonly dist: DistDirectory;
  readonly name: string;
  readonly os: string;
  /** Its user-data, as a path. */
  readonly userData: string;
  /** The script that user-data carries. */
  readonly applyScript: string;
  /** What the script puts on the node. */
  readonly files: readonly NodeFile[];
}

/** Every node of every platform that is to be judged, by `platform/node`. */
export function compiledNodes(): [string, CompiledNode][] {
  return distDirectories().flatMap((dist) => {
    const lock = JSON.parse(readFileSync(join(dist.path, 'platform.lock.json'), 'utf8')) as {
      nodes: readonly { name: string; os: string }[];
    };
    return lock.nodes.map(({ name, os }): [string, CompiledNode] => {
      const userData = join(dist.path, `cloud-init/${name}.yaml`);
      const applyScript = readFileSync(join(dist.path, `nodes/${name}/apply.sh`), 'utf8');
      const files = nodeFilesOf(applyScript);
      return [`${dist.name}/${name}`, { dist, name, os, userData, applyScript, files }];
    });
  });
}

/** Whose packages an OS is closest to, of those that can be run here: nginx below or above 1.25.1 makes two kinds. */
const roots: Record<string, string> = {
  'debian-12': '/',
  'ubuntu-24.04': '/',
  'debian-13': join(toolsDirectory(), 'debian-13/root'),
  'ubuntu-26.04': join(toolsDirectory(), 'debian-13/root'),
};

/** The file system of an OS like the node's own. */
export function rootOf({ os }: CompiledNode): string {
  const root = roots[os];
  if (root === undefined || !existsSync(join(root, 'etc/nginx/nginx.conf'))) {
    throw new Error(`no file system of ${os} is here: run .ci/install-tools`);
  }
  return root;
}
