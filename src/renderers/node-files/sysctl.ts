import type { NodeFile } from '../../artifacts/artifact.ts';
import type { Node, Sysctl } from '../../platform/nodes/node.ts';
import { places } from '../../platform/nodes/places.ts';
import { template } from '../template.ts';

const print = template<{ marker: string; settings: readonly Sysctl[] }>(
  'node-files/templates/99-serverless.conf.hbs',
);

/** The drop-in with the node's kernel settings. */
export function sysctlFile(node: Node, marker: string): NodeFile {
  return {
    path: places.sysctls,
    kind: 'sysctl',
    text: print({ marker, settings: node.sysctls }),
    permissions: '0644',
  };
}
