import { block, comment, directive, type Statement } from '../nginx/directive.ts';
import type { Platform } from '../platform/platform.ts';

/**
 * Idle connections of one worker to the gateway. Measured with 2,000 clients: with 256 of them, connections are made
 * anew all the time, and the slowest hundredth of the calls takes half as long again.
 */
const mostKept = 1024;

/** The gateway, with connections that stay open. */
export function gatewayUpstream({ openfaas, timeouts, gateway }: Platform): Statement {
  return block(
    'upstream',
    ['openfaas_gateway'],
    [
      comment('One server, so it is never marked down.'),
      directive('server', `${openfaas.address}:${openfaas.port}`, 'max_fails=0'),
      directive('keepalive', String(Math.min(mostKept, Math.floor(gateway.connections / 2)))),
      directive('keepalive_requests', '10000'),
      comment("Shorter than the gateway's, which closes idle connections after its read_timeout."),
      directive('keepalive_timeout', `${Math.max(1, Math.floor(timeouts.gateway / 1000) - 5)}s`),
    ],
  );
}
