import { block, comment, directive, type Statement } from '../nginx/directive.ts';
import type { Platform } from '../platform/platform.ts';
import type { PlatformFunction } from '../platform/platform-function.ts';
import { connectionTimes } from './nginx-upstreams.ts';

/**
 * What `proxy_pass` takes for a function: the gateway, which reads the path, or the function itself, from its root.
 *
 * @param path what stands for the matched part of the path, after the function's own: for locations of other names
 */
export function proxyTarget(fn: PlatformFunction, path?: '' | '/'): string {
  if (fn.direct) return `http://${upstreamName(fn)}/`;
  return path === undefined
    ? 'http://openfaas_gateway'
    : `http://openfaas_gateway/function/${fn.name}${path}`;
}

/** An upstream for each function that is reached past the gateway, at its Service's fixed address. */
export function directUpstreams({ functions }: Platform): Statement[] {
  return functions.flatMap((fn) => {
    if (!fn.direct) return [];
    return [
      block(
        'upstream',
        [upstreamName(fn)],
        [
          directive('server', `${fn.direct.address}:8080`, 'max_fails=0'),
          directive('keepalive', '64'),
          comment('A connection stays with one copy: new ones reach those that have come since.'),
          directive('keepalive_requests', '1000'),
          // Its server's own is its read_timeout.
          ...connectionTimes(fn.timeout),
        ],
      ),
    ];
  });
}

function upstreamName({ name }: PlatformFunction): string {
  return `openfaas_fn_${name}`;
}
