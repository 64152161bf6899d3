import type { NodeFile } from '../../artifacts/artifact.ts';
import { places } from '../../platform/nodes/places.ts';
import type { Platform } from '../../platform/platform.ts';
import { openFiles } from '../nginx/main.ts';
import { template } from '../template.ts';

const print = template('node-files/templates/nginx-drop-in.conf.hbs');

/** What nginx's own unit lacks: a certificate before it starts, time to stop, as many files as nginx.conf asks for. */
export function nginxDropIn(platform: Platform, marker: string): NodeFile {
  const drain = Math.ceil(Math.min(platform.timeouts.nginx, platform.timeouts.stop) / 1000);
  return {
    path: places.nginxDropIn,
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
