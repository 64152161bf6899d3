import type { NodeFile } from '../../artifacts/artifact.ts';
import type { Node } from '../../platform/nodes/node.ts';
import { places } from '../../platform/nodes/places.ts';
import { template } from '../template.ts';

const print = template('node-files/templates/sshd.conf.hbs');

/** sshd's drop-in: another port, and no passwords once there are keys, so that nobody is locked out. */
export function sshFiles(node: Node, marker: string): NodeFile[] {
  const keysAlone = node.ssh !== undefined;
  const port = node.sshPort === 22 ? undefined : node.sshPort;
  if (!keysAlone && port === undefined) return [];
  return [{ path: places.sshd, kind: 'text', text: print({ marker, port, keysAlone }), permissions: '0644' }];
}
