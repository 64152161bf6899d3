import { block, comment, directive, type Statement } from '../../../nginx/directive.ts';
import type { PlatformFunction } from '../../../platform/functions/function.ts';
import { calledByNginx } from '../../../platform/gateway/nginx-calls.ts';
import { ports } from '../../../platform/openfaas/ports.ts';
import type { Platform } from '../../../platform/platform.ts';
import { below } from '../paths.ts';
import { connectionTimes } from './upstreams.ts';

/**
 * The URL of `proxy_pass` for a function: the gateway, which reads the path, or the function itself, from its root. The
 * path is passed on byte for byte: nginx never rewrites it.
 *
 * @param path the part of the request's path to pass on: the `same` path; the part `below` the matched one; `all`, for a
 *   domain; or none, for the function's `root`
 */
export function proxyTarget(fn: PlatformFunction, path: 'same' | 'below' | 'all' | 'root'): string {
  const upstream = `http://${fn.direct ? upstreamName(fn) : 'openfaas_gateway'}`;
  const named = fn.direct ? upstream : `${upstream}/function/${fn.name}`;
  switch (path) {
    case 'same':
      return upstream;
    case 'below':
      return named + below(fn);
    case 'all':
      return `${named}$request_uri`;
    case 'root':
      return fn.direct ? `${named}/` : named;
  }
}

/** An upstream for each function that nginx calls without the gateway, at its Service's fixed address. */
export function directUpstreams({ functions }: Platform): Statement[] {
  return functions.flatMap((fn) => {
    if (!fn.direct || !calledByNginx(fn, functions)) return [];
    return [
      block(
        'upstream',
        [upstreamName(fn)],
        [
          directive('server', `${fn.direct.address}:${ports.function}`, 'max_fails=0'),
          directive('keepalive', '64'),
          comment('A connection stays with one copy. Only new connections reach new copies.'),
          directive('keepalive_requests', '1000'),
          // The function's server closes idle connections after its read_timeout.
          ...connectionTimes(fn.timeout),
        ],
      ),
    ];
  });
}

function upstreamName({ name }: PlatformFunction): string {
  return `openfaas_fn_${name}`;
}
