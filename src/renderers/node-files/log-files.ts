import type { NodeFile } from '../../artifacts/artifact.ts';
import { logLook } from '../../platform/logs/resolve.ts';
import type { Node } from '../../platform/nodes/node.ts';
import { places } from '../../platform/nodes/places.ts';
import type { Platform } from '../../platform/platform.ts';
import { template } from '../template.ts';

const script = template('node-files/templates/fjord-logs.sh.hbs');
const service = template('node-files/templates/fjord-logs.service.hbs');
const timer = template('node-files/templates/fjord-logs.timer.hbs');
const rotation = template('node-files/templates/logrotate-nginx.hbs');
const journald = template('node-files/templates/journald.conf.hbs');

/** Files that limit the size of logs, except containers' logs, which the kubelet limits. */
export function logFiles({ logs, gateway }: Platform, node: Node, marker: string): NodeFile[] {
  const unit = { kind: 'unit', permissions: '0644' } as const;
  return [
    {
      ...unit,
      path: places.journald,
      text: journald({ marker, journal: logs.journal }),
    },
    ...(node.nginx
      ? ([
          {
            path: places.logsScript,
            kind: 'script',
            permissions: '0755',
            text: script({ marker, keep: logs.nginx.keep }),
          },
          {
            path: places.logrotate,
            kind: 'text',
            permissions: '0644',
            text: rotation({
              marker,
              rotateAt: logs.nginx.rotateAt,
              user: gateway.packages === 'distribution' ? 'www-data' : 'nginx',
            }),
          },
          { ...unit, path: places.logsService, text: service({ marker }) },
          { ...unit, path: places.logsTimer, text: timer({ marker, look: logLook }) },
        ] satisfies NodeFile[])
      : []),
  ];
}

/** The kubelet's arguments for containers' logs, in Kubernetes' units. */
export function containerLogArguments({ logs: { containers } }: Platform): string[] {
  return [
    `container-log-max-size=${containers.size / 1024}Ki`,
    `container-log-max-files=${containers.files}`,
  ];
}
