import type { NodeFile } from '../artifacts/artifact.ts';
import type { Node } from '../platform/node.ts';

/** Keys below these are there only once a module is loaded. */
const moduleOf: readonly (readonly [prefix: string, module: string])[] = [
  ['net.bridge.', 'br_netfilter'],
  ['net.netfilter.', 'nf_conntrack'],
];

/** The kernel modules that a node's sysctls need, sorted. */
export function modulesFor(node: Node): string[] {
  const needed = moduleOf.filter(([prefix]) =>
    node.sysctls.some(({ key, value }) => value !== undefined && key.startsWith(prefix)),
  );
  return needed.map(([, module]) => module);
}

/** Modules that must be there before the sysctls, at each boot; and security updates every day. */
export function systemFiles(node: Node, marker: string): NodeFile[] {
  const modules = modulesFor(node);
  const file = { kind: 'text', permissions: '0644' } as const;
  return [
    ...(modules.length === 0
      ? []
      : [{ ...file, path: '/etc/modules-load.d/fjord.conf', text: `# ${marker}\n${modules.join('\n')}\n` }]),
    {
      ...file,
      path: '/etc/apt/apt.conf.d/52fjord',
      text: `// ${marker}\nAPT::Periodic::Update-Package-Lists "1";\nAPT::Periodic::Unattended-Upgrade "1";\n`,
    },
  ];
}
