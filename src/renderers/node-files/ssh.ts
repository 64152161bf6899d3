import type { NodeFile } from '../../artifacts/artifact.ts';
import type { Node } from '../../platform/nodes/node.ts';
import { template } from '../template.ts';

const print = template('node-files/templates/sshd.conf.hbs');

const sshDropIn = '/etc/ssh/sshd_config.d/10-fjord.conf';

/** A drop-in for sshd: sets the port, and disables passwords if there are keys, so that nobody is locked out. */
export function sshFiles(node: Node, marker: string): NodeFile[] {
  const keysAlone = node.ssh !== undefined;
  const port = node.sshPort === 22 ? undefined : node.sshPort;
  if (!keysAlone && port === undefined) return [];
  return [{ path: sshDropIn, kind: 'text', text: print({ marker, port, keysAlone }), permissions: '0644' }];
}
