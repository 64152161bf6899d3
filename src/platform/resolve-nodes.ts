import type { NodeConfig } from '../config/node-config.ts';
import type { PlatformConfig } from '../config/platform-config.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { report } from '../diagnostics/report.ts';
import type { Node } from './node.ts';
import { providers } from './providers.ts';
import { resolveSysctls } from './resolve-sysctls.ts';
import { sortedEntries } from './sorted-entries.ts';

/** Ports that nginx and Kubernetes take on each node. */
const takenPorts = new Set([80, 443, 6443, 10250]);

/** The nodes with their defaults and roles. */
export function resolveNodes(config: PlatformConfig): readonly [Node[], Diagnostic[]] {
  const entries = sortedEntries(config.nodes);
  const diagnostics: Diagnostic[] = [];
  const nodes = entries.map(([name, node]) => {
    if (entries.length > 1 && node.role === undefined) {
      diagnostics.push(report('resolve/node-without-role', ['nodes', name], { name, count: entries.length }));
    }
    if (node.sshPort !== undefined && takenPorts.has(node.sshPort)) {
      diagnostics.push(report('resolve/port-taken', ['nodes', name, 'sshPort'], { port: node.sshPort }));
    }
    const [sysctls, problems] = resolveSysctls(config.kernel ?? {}, name, node.os ?? 'debian-12');
    diagnostics.push(...problems);
    return resolveNode(name, node, sysctls);
  });
  if (entries.length > 1)
    diagnostics.push(report('resolve/several-nodes', ['nodes'], undefined, { at: 'key' }));
  return [nodes, dropRepeats(diagnostics)];
}

function resolveNode(name: string, node: NodeConfig, sysctls: Node['sysctls']): Node {
  const provider = node.provider ?? 'generic';
  return {
    name,
    provider,
    userDataLimit: {
      bytes: providers[provider].userDataLimit,
      published: providers[provider].limitSource !== undefined,
    },
    os: node.os ?? 'debian-12',
    arch: node.arch ?? 'amd64',
    role: node.role ?? 'server',
    sshPort: node.sshPort ?? 22,
    sysctls,
  };
}

/** Nodes of one OS say the same of the kernel's settings, which stand in one place. */
function dropRepeats(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  const seen = new Set<string>();
  return diagnostics.filter((diagnostic) => {
    const key = JSON.stringify([diagnostic.code, diagnostic.path, diagnostic.message]);
    return !seen.has(key) && seen.add(key);
  });
}
