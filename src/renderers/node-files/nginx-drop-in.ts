import type { NodeFile } from '../../artifacts/artifact.ts';
import type { Platform } from '../../platform/platform.ts';
import { openFiles } from '../nginx/main.ts';
import { template } from '../template.ts';

const print = template('node-files/templates/nginx-drop-in.conf.hbs');

/** A drop-in for nginx's unit: a certificate before it starts, time to stop, and as many open files as nginx.conf needs. */
export function nginxDropIn(platform: Platform, marker: string): NodeFile {
  const drain = Math.ceil(Math.min(platform.timeouts.nginx, platform.timeouts.stop) / 1000);
  return {
    path: '/etc/systemd/system/nginx.service.d/fjord.conf',
    kind: 'unit',
    text: print({
      marker,
      drain,
      stop: drain + 10,
      openFiles: openFiles(platform),
      memory: platform.gateway.memoryLimit,
    }),
    permissions: '0644',
  };
}
