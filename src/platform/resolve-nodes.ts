import type { NodeConfig } from '../config/node-config.ts';
import type { PlatformConfig } from '../config/platform-config.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { report } from '../diagnostics/report.ts';
import type { Node } from './platform.ts';
import { providers } from './providers.ts';
import { resolveSysctls } from './resolve-sysctls.ts';
import { sortedEntries } from './sorted-entries.ts';

/** The nodes with their defaults and roles. */
export function resolveNodes(config: PlatformConfig): readonly [Node[], Diagnostic[]] {
  const entries = sortedEntries(config.nodes);
  const diagnostics: Diagnostic[] = [];
  const nodes = entries.map(([name, node]) => {
    if (entries.length > 1 && node.role === undefined) {
      diagnostics.push(report('resolve/node-without-role', ['nodes', name], { name, count: entries.length }));
    }
    const [sysctls, problems] = resolveSysctls(config.kernel ?? {}, name, node.os ?? 'debian-12');
    diagnostics.push(...problems);
    return resolveNode(name, node, sysctls);
  });
  return [nodes, dropRepeats(diagnostics)];
}

function resolveNode(name: string, node: NodeConfig, sysctls: Node['sysctls']): Node {
  const provider = node.provider ?? 'generic';
  return {
    name,
    provider,
    userDataLimit: providers[provider].userDataLimit,
    os: node.os ?? 'debian-12',
    arch: node.arch ?? 'amd64',
    role: node.role ?? 'server',
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
