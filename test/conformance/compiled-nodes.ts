import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { NginxPackages } from '../../src/config/gateway/gateway.ts';
import { type NodeFile, nodeFilesOf } from '../gateway/node-files.ts';
import { type DistDirectory, distDirectories } from './dist-directories.ts';
import { needs } from './left-out-reporter.ts';
import { toolsDirectory } from './tools-directory.ts';

/** One node of a compiled platform. */
export interface CompiledNode {
  readonly dist: DistDirectory;
  readonly name: string;
  readonly os: string;
  /** Whose nginx it has. */
  readonly nginx: NginxPackages;
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
      gateway: { packages: { source: NginxPackages } };
    };
    return lock.nodes.map(({ name, os }): [string, CompiledNode] => {
      const userData = join(dist.path, `cloud-init/${name}.yaml`);
      const applyScript = readFileSync(join(dist.path, `nodes/${name}/apply.sh`), 'utf8');
      const files = nodeFilesOf(applyScript);
      const nginx = lock.gateway.packages.source;
      return [`${dist.name}/${name}`, { dist, name, os, nginx, userData, applyScript, files }];
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

/** The file system that stands for an OS' own. */
export function nodeRoot(os: string): string | undefined {
  return roots[os];
}

/** The same for nginx alone: Debian 14's is as new as nginx.org's, and can what that one can. */
export function rootOfNginx(node: CompiledNode): string | undefined {
  return node.nginx === 'distribution' ? nodeRoot(node.os) : newestNginx;
}

/** One test on it. */
export function itOnNewestNginx(name: string, body: (root: string) => Promise<void>): void {
  if (existsSync(join(newestNginx, 'etc/nginx/nginx.conf'))) return void it(name, () => body(newestNginx));
  it.skipIf(process.env.FJORD_REQUIRE_TOOLS !== '1')(
    `${needs}the newest nginx: ${name} (run .ci/install-tools)`,
    () => {
      expect.fail('no file system with a new nginx is here, and FJORD_REQUIRE_TOOLS=1 asks for it');
    },
  );
}

/** A file system with a new nginx, and nginx.org's user. */
export const newestNginx = join(toolsDirectory(), 'debian-14/root');

/**
 * One test for each node, on the file system of an OS like the node's own. Where that is not here the test is left
 * out, with a notice at the end of the run; with `FJORD_REQUIRE_TOOLS=1` it fails instead.
 */
export function itOnNodes(
  nodes: readonly [string, CompiledNode][],
  body: (node: CompiledNode, root: string) => Promise<void>,
  rootOf = ({ os }: CompiledNode) => nodeRoot(os),
): void {
  const required = process.env.FJORD_REQUIRE_TOOLS === '1';
  for (const [name, node] of nodes) {
    const root = rootOf(node);
    if (root !== undefined && existsSync(join(root, 'etc/nginx/nginx.conf'))) {
      it(name, () => body(node, root));
    } else {
      it.skipIf(!required)(`${needs}a file system of ${node.os}: ${name} (run .ci/install-tools)`, () => {
        expect.fail(`no file system of ${node.os} is here, and FJORD_REQUIRE_TOOLS=1 asks for it`);
      });
    }
  }
}
