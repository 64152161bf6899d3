import type { NodeFile } from '../../artifacts/artifact.ts';
import type { Node } from '../../platform/nodes/node.ts';
import { template } from '../template.ts';

const print = template('node-files/templates/k3s-drop-in.conf.hbs');

/** A drop-in for K3s' unit: K3s must not be killed when other processes use up the memory. */
export function k3sDropIn({ role }: Node, marker: string): NodeFile {
  const unit = role === 'server' ? 'k3s' : 'k3s-agent';
  return {
    path: `/etc/systemd/system/${unit}.service.d/fjord.conf`,
    kind: 'unit',
    text: print({ marker }),
    permissions: '0644',
  };
}
