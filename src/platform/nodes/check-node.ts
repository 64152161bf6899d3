import type { NodeConfig } from '../../config/nodes/node.ts';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { report } from '../../diagnostics/report.ts';
import { parseDuration } from '../../units/duration.ts';
import { sortedEntries } from '../sorted-entries.ts';
import { isTaken } from './taken-ports.ts';

/** Users that an image has already, and that nobody should log in as by name. */
const imageUsers = new Set(['root', 'daemon', 'bin', 'sys', 'www-data', 'nobody', 'sshd']);

/** What is wrong with one node by itself. */
export function checkNode(name: string, node: NodeConfig): Diagnostic[] {
  const path = ['nodes', name];
  const reserved = sortedEntries(node.labels).filter(([key]) => /(^|\.)(kubernetes|k8s)\.io\//.test(key));
  return [
    ...(name === 'localhost' ? [report('resolve/node-named-localhost', path, undefined, { at: 'key' })] : []),
    ...(node.sshPort !== undefined && isTaken(node.sshPort)
      ? [report('resolve/port-taken', [...path, 'sshPort'], { port: node.sshPort, program: 'SSH' })]
      : []),
    ...(node.ssh?.user !== undefined && imageUsers.has(node.ssh.user)
      ? [report('resolve/user-exists', [...path, 'ssh', 'user'], { user: node.ssh.user })]
      : []),
    ...(node.fsyncLimit !== undefined && parseDuration(node.fsyncLimit) === 0
      ? [report('resolve/fsync-limit-zero', [...path, 'fsyncLimit'], undefined)]
      : []),
    ...reserved.map(([key]) =>
      report('resolve/label-reserved', [...path, 'labels', key], { key }, { at: 'key' }),
    ),
  ];
}
