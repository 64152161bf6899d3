import { block, comment, directive, type Statement } from '../../nginx/directive.ts';
import type { PlatformFunction } from '../../platform/functions/function.ts';
import { calledByNginx } from '../../platform/gateway/nginx-calls.ts';
import { ports } from '../../platform/openfaas/ports.ts';
import type { Platform } from '../../platform/platform.ts';
import { below } from './paths.ts';
import { connectionTimes } from './upstreams.ts';

/**
 * What `proxy_pass` takes for a function: the gateway, which reads the path, or the function itself, from its root. The
 * path goes on byte for byte: nginx never writes one of its own in its place.
 *
 * @param path of the request, what goes on: the `same` path; what is `below` the matched one; `all`, for a domain; or
 *   none, to ask the function at its `root`
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

/** An upstream for each function that nginx reaches past the gateway, at its Service's fixed address. */
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
