import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Artifact } from '../../src/artifacts/artifact.ts';
import { newestNginx, nodeRoot } from '../conformance/compiled-nodes.ts';
import { realTool } from '../conformance/real-tool.ts';
import { runTool } from '../conformance/run-tool.ts';
import { startNode } from '../gateway/node.ts';
import { type NodeFile, nodeFilesOf } from '../gateway/node-files.ts';

/** The tools that generated platforms are shown to, where they are installed. */
export const toolsForFuzzing = ['nginx', 'cloud-init-oldest', 'cloud-init-newest', 'shellcheck'] as const;

export type FuzzTool = (typeof toolsForFuzzing)[number];

/** What real tools say against the artifacts of a platform, or nothing. */
export async function toolComplaints(
  artifacts: readonly Artifact[],
  tools: readonly FuzzTool[],
): Promise<string[]> {
  const lock = JSON.parse(artifacts.find(({ kind }) => kind === 'lock')?.text ?? '{}') as {
    nodes: readonly { name: string; os: string; nginx: boolean }[];
  };
  const complaints: string[] = [];
  for (const { name, os, nginx } of lock.nodes) {
    const text = (path: string) => artifacts.find((artifact) => artifact.path === path)?.text ?? '';
    const script = text(`nodes/${name}/apply.sh`);
    const files = nodeFilesOf(script);
    complaints.push(
      ...cloudInits(tools).flatMap((tool) => userDataComplaints(tool, text(`cloud-init/${name}.yaml`))),
      ...(tools.includes('shellcheck') ? shellComplaints(script, files) : []),
      ...(nginx && tools.includes('nginx') ? await nginxComplaints(files, os) : []),
    );
  }
  return complaints;
}

function cloudInits(tools: readonly FuzzTool[]): FuzzTool[] {
  return tools.filter((tool) => tool.startsWith('cloud-init'));
}

function userDataComplaints(tool: FuzzTool, userData: string): string[] {
  const folder = mkdtempSync(join(tmpdir(), 'fjord-fuzz-'));
  const file = join(folder, 'user-data');
  writeFileSync(file, userData);
  const { status, stdout, stderr } = runTool(realTool(tool) ?? tool, ['schema', '--config-file', file]);
  rmSync(folder, { recursive: true });
  // A deprecated key would be named, with status 0.
  return status === 0 && /^Valid (cloud-config|schema)[^\n]*\n$/.test(stdout)
    ? []
    : [`${tool}: ${stdout}${stderr}`];
}

function shellComplaints(script: string, files: readonly NodeFile[]): string[] {
  const scripts = [
    script,
    ...files.map(({ text }) => text).filter((text) => /^#!\s*\S*\bsh\b|^#!\s*\S*bash\b/.test(text)),
  ];
  return scripts.flatMap((text) => {
    const { status, stdout, stderr } = runTool('shellcheck', ['--norc', '-'], text);
    return status === 0 ? [] : [`shellcheck: ${stdout}${stderr}`];
  });
}

/** With the certificates that the node's own script makes to start with, over the file system of its own OS. */
async function nginxComplaints(files: readonly NodeFile[], os: string): Promise<string[]> {
  const fromNginxOrg = files.some(({ text }) => /^user nginx;$/m.test(text));
  const root = fromNginxOrg ? newestNginx : nodeRoot(os);
  if (root === undefined || !existsSync(join(root, 'etc/nginx/nginx.conf'))) return [];
  const node = await startNode(files, [], root);
  try {
    const own = await node.run(`${filesOfTheOperator(files)}
if [ -e /usr/local/sbin/openfaas-tls ]; then /usr/local/sbin/openfaas-tls placeholder; fi
nginx -t -q`);
    return own.status === 0 && own.stderr === '' ? [] : [`nginx: ${own.stdout}${own.stderr}`];
  } finally {
    await node.stop();
  }
}

/** A certificate authority of clients is a file that the operator brings; any certificate does for a look. */
function filesOfTheOperator(files: readonly NodeFile[]): string {
  const conf = files.map(({ text }) => text).join('\n');
  const authorities = [...conf.matchAll(/^\s*ssl_client_certificate "?([^\s";]+)"?;/gm)].map(
    ([, path]) => path,
  );
  return [...new Set(authorities)]
    .map(
      (path) => `mkdir -p "$(dirname '${path}')"
[ -s '${path}' ] || openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -noenc -days 2 \\
  -subj /CN=authority -keyout /tmp/key -out '${path}' 2>/dev/null`,
    )
    .join('\n');
}
