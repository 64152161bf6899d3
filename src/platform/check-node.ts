import type { NodeConfig } from '../config/node-config.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { report } from '../diagnostics/report.ts';
import { sortedEntries } from './sorted-entries.ts';

/** Ports that nginx and Kubernetes take on a node. */
const takenPorts = new Set([80, 443, 2379, 2380, 6443, 10250]);

/** What is wrong with one node by itself. */
export function checkNode(name: string, node: NodeConfig): Diagnostic[] {
  const path = ['nodes', name];
  const reserved = sortedEntries(node.labels).filter(([key]) => /(^|\.)(kubernetes|k8s)\.io\//.test(key));
  return [
    ...(name === 'localhost' ? [report('resolve/node-named-localhost', path, undefined, { at: 'key' })] : []),
    ...(node.sshPort !== undefined && takenPorts.has(node.sshPort)
      ? [report('resolve/port-taken', [...path, 'sshPort'], { port: node.sshPort })]
      : []),
    ...reserved.map(([key]) =>
      report('resolve/label-reserved', [...path, 'labels', key], { key }, { at: 'key' }),
    ),
  ];
}
