import type { NodeFile } from '../../artifacts/artifact.ts';
import { logLook } from '../../platform/logs/resolve.ts';
import type { Node } from '../../platform/nodes/node.ts';
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
      path: '/etc/systemd/journald.conf.d/fjord.conf',
      text: journald({ marker, journal: logs.journal }),
    },
    ...(node.nginx
      ? ([
          {
            path: '/usr/local/sbin/fjord-logs',
            kind: 'script',
            permissions: '0755',
            text: script({ marker, keep: logs.nginx.keep }),
          },
          {
            path: '/etc/logrotate.d/nginx',
            kind: 'text',
            permissions: '0644',
            text: rotation({
              marker,
              rotateAt: logs.nginx.rotateAt,
              user: gateway.packages === 'distribution' ? 'www-data' : 'nginx',
            }),
          },
          { ...unit, path: '/etc/systemd/system/fjord-logs.service', text: service({ marker }) },
          { ...unit, path: '/etc/systemd/system/fjord-logs.timer', text: timer({ marker, look: logLook }) },
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
