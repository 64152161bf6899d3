import type { NodeFile } from '../artifacts/artifact.ts';
import type { Node } from '../platform/node.ts';
import type { Platform } from '../platform/platform.ts';
import { template } from './template.ts';

const print = template('nftables.conf.hbs');

/** The node's own packet filter: SSH, 80 and 443 from anywhere, everything from pods. */
export function firewallFile({ k3s }: Platform, node: Node, marker: string): NodeFile {
  return {
    path: '/etc/nftables.conf',
    kind: 'nftables',
    text: print({ marker, sshPort: node.sshPort, clusterCidr: k3s.clusterCidr }),
    permissions: '0755',
  };
}
