import { block, comment, directive, type Statement } from '../../../nginx/directive.ts';
import { connectionIdle, connectionLife } from '../../../platform/functions/stopping.ts';
import type { Platform } from '../../../platform/platform.ts';
import { formatDuration } from '../../../units/amounts.ts';

/**
 * Idle connections of one worker to the gateway. Measured with 2,000 clients: with only 256, connections are opened again
 * and again, and the slowest 1 % of calls takes 50 % longer.
 */
const mostKept = 1024;

/**
 * Lifetimes of connections that are kept open. A pod that leaves its Service keeps its connections, so they must end
 * before the pod does. An idle one must end before the server closes it.
 *
 * @param server the time that the server keeps an idle connection, in milliseconds
 */
export function connectionTimes(server: number): Statement[] {
  const idle = Math.max(1000, Math.min(connectionIdle, server - 1000));
  return [
    comment('Connections end before a pod that leaves does.'),
    directive('keepalive_time', formatDuration(connectionLife)),
    directive('keepalive_timeout', `${Math.floor(idle / 1000)}s`),
  ];
}

/** The gateway, with connections that are kept open. */
export function gatewayUpstream({ openfaas, timeouts, gateway }: Platform): Statement {
  return block(
    'upstream',
    ['openfaas_gateway'],
    [
      comment('One server, so it is never marked down.'),
      directive('server', `${openfaas.address}:${openfaas.port}`, 'max_fails=0'),
      directive('keepalive', String(Math.min(mostKept, Math.floor(gateway.connections / 2)))),
      directive('keepalive_requests', '10000'),
      ...connectionTimes(timeouts.gateway),
    ],
  );
}
