import { block, comment, directive, type Statement } from '../../nginx/directive.ts';
import { otherPlaces } from '../../platform/nodes/places.ts';
import type { Platform } from '../../platform/platform.ts';
import { formatDuration } from '../../units/amounts.ts';
import { errorLog } from './log.ts';

/** Open files per worker: one for each client connection, one for its connection to a function, and some for logs. */
export function openFiles({ gateway }: Platform): number {
  return 2 * gateway.connections + 1024;
}

/** nginx.conf: the settings outside of servers. Otherwise as in the package's own file, without its sites. */
export function nginxMain(platform: Platform, marker: string): Statement[] {
  const fromNginxOrg = platform.gateway.packages !== 'distribution';
  return [
    comment(marker),
    directive('user', fromNginxOrg ? 'nginx' : 'www-data'),
    directive('worker_processes', String(platform.gateway.workers)),
    directive('worker_rlimit_nofile', String(openFiles(platform))),
    comment('After a reload, running calls can finish.'),
    directive(
      'worker_shutdown_timeout',
      formatDuration(Math.min(platform.timeouts.nginx, platform.timeouts.stop)),
    ),
    directive('pid', otherPlaces.nginxPid),
    errorLog('error'),
    ...(fromNginxOrg ? [] : [directive('include', otherPlaces.nginxModules)]),
    block('events', [], [directive('worker_connections', String(platform.gateway.connections))]),
    block(
      'http',
      [],
      [
        directive('sendfile', 'on'),
        directive('tcp_nopush', 'on'),
        directive('types_hash_max_size', '2048'),
        directive('server_tokens', 'off'),
        directive('include', otherPlaces.mimeTypes),
        directive('default_type', 'application/octet-stream'),
        directive('access_log', `${otherPlaces.nginxLogs}access.log`),
        directive('include', otherPlaces.nginxConfs),
      ],
    ),
  ];
}
