import type { NodeFile } from '../../artifacts/artifact.ts';
import type { Node } from '../../platform/nodes/node.ts';
import { places } from '../../platform/nodes/places.ts';
import { template } from '../template.ts';

const print = template('node-files/templates/k3s-drop-in.conf.hbs');

/** What the unit of K3s' installer lacks: it is not to be ended for memory that others take. */
export function k3sDropIn({ role }: Node, marker: string): NodeFile {
  return {
    path: role === 'server' ? places.k3sDropIn : places.k3sAgentDropIn,
    kind: 'unit',
    text: print({ marker }),
    permissions: '0644',
  };
}
