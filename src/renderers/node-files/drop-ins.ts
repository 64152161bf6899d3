import type { NodeFile } from '../../artifacts/artifact.ts';
import { endsAtBalancer } from '../../platform/gateway/balancer.ts';
import type { Node } from '../../platform/nodes/node.ts';
import { places } from '../../platform/nodes/places.ts';
import type { Platform } from '../../platform/platform.ts';
import { openFiles } from '../nginx/main.ts';
import { template } from '../template.ts';

const k3s = template('node-files/templates/k3s-drop-in.conf.hbs');
const mount = template('node-files/templates/var-lib-rancher.mount.hbs');
const nginx = template('node-files/templates/nginx-drop-in.conf.hbs');
const nginxScript = template('node-files/templates/fjord-nginx.sh.hbs');

/** A drop-in for K3s' unit: K3s must not be killed when other processes use up the memory. */
export function k3sDropIn({ role, dataDisk, proxy }: Node, marker: string): NodeFile {
  return {
    path: role === 'server' ? places.k3sDropIn : places.k3sAgentDropIn,
    kind: 'unit',
    text: k3s({ marker, dataDisk: dataDisk !== undefined, proxy: proxy !== undefined }),
    permissions: '0644',
  };
}

/** Mounts the disk with K3s' data at each boot. None where that is on the system's disk. */
export function dataMount({ dataDisk }: Node, marker: string): NodeFile[] {
  if (dataDisk === undefined) return [];
  const text = mount({ marker, device: dataDisk });
  return [{ path: places.dataMount, kind: 'unit', text, permissions: '0644' }];
}

/**
 * A drop-in for nginx's unit: a certificate before it starts, restarts without closed ports, time to stop, and as many
 * open files as nginx.conf needs; and the script that it starts and stops nginx with.
 */
export function nginxUnitFiles(platform: Platform, marker: string): NodeFile[] {
  const drain = Math.ceil(Math.min(platform.timeouts.nginx, platform.timeouts.stop) / 1000);
  return [
    {
      path: places.nginxScript,
      kind: 'script',
      text: nginxScript({ marker, drain }),
      permissions: '0755',
    },
    {
      path: places.nginxDropIn,
      kind: 'unit',
      text: nginx({
        marker,
        stop: drain + 10,
        openFiles: openFiles(platform),
        memory: platform.gateway.memoryLimit,
        certificates: !endsAtBalancer(platform.gateway),
      }),
      permissions: '0644',
    },
  ];
}
