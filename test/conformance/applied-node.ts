import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type DistDirectory, distDirectories, userDataFiles, writtenFiles } from './dist-directories.ts';
import { nodesOf, rootOf, runInNodeRoot } from './node-root.ts';
import type { ToolRun } from './run-tool.ts';

/** One node of a compiled platform. */
export interface CompiledNode {
  readonly dist: DistDirectory;
  readonly name: string;
  readonly os: string;
  /** Its user-data. */
  readonly file: string;
}

/** Every node of every platform that is to be judged, by `platform/node`. */
export function compiledNodes(): [string, CompiledNode][] {
  return distDirectories().flatMap((dist) => {
    const oses = nodesOf(dist);
    return Object.entries(userDataFiles(dist)).map(([name, file]): [string, CompiledNode] => [
      `${dist.name}/${name}`,
      { dist, name, file, os: oses[name] ?? '' },
    ]);
  });
}

const fake = (name: string) => readFileSync(join(import.meta.dirname, 'fakes', name), 'utf8');

/** Stand before the node's own programs. */
const fakes = Object.entries({
  systemctl: fake('systemctl'),
  sysctl: fake('kernel'),
  modprobe: fake('kernel'),
  curl: fake('curl'),
}).map(([name, content]) => ({ path: `/opt/fakes/${name}`, permissions: '0755', content }));

/**
 * Runs on a node's own file system what its user-data runs there: files, nginx and firewall for real, until the
 * script needs a network for K3s. Then runs `script`, which finds the node's file system at `$node_root`.
 */
export function runOnAppliedNode({ file, os, dist, name }: CompiledNode, script: string): ToolRun {
  const root = rootOf(os);
  if (root === undefined)
    throw new Error(`${dist.name}/${name} runs ${os}, which is not here: run .ci/install-tools`);
  const apply = `
export PATH=/usr/sbin:/usr/bin:/sbin:/bin:$PATH
PATH=/opt/fakes:$PATH chroot "$node_root" /usr/local/sbin/fjord-apply >"$node_root/tmp/said" 2>&1 || true
if ! tail -n 1 "$node_root/tmp/said" | grep -q '^fjord: FAILED (K3s): cannot download http'; then
  cat "$node_root/tmp/said" >&2
  exit 1
fi
`;
  return runInNodeRoot(root, [...fakes, ...writtenFiles(file)], `${apply}${script}`);
}
