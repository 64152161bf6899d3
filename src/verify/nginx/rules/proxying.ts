import { inherited, own, type Scope, setting } from '../../../nginx/scope.ts';
import { atLeast } from '../../../nginx/versions.ts';
import { bytesOf, everyDirective, finding, heading, type NginxRule } from './nginx-rule.ts';

/** A body is held in memory whole or passed on as it arrives; else nginx writes it to disk, and says so to nobody. */
export const bodyInMemory: NginxRule = {
  name: 'body-in-memory',
  check: (scopes) =>
    proxying(scopes).flatMap((scope) => {
      if (setting(scope, 'proxy_request_buffering', 'on') === 'off') return [];
      // 8k is two pages of x86-64. A body of exactly the buffer's size can still be written, so it must be larger.
      const buffer = setting(scope, 'client_body_buffer_size', '8k');
      const limit = setting(scope, 'client_max_body_size', '1m');
      if (bytesOf(limit) > 0 && bytesOf(buffer) > bytesOf(limit)) return [];
      const largest = bytesOf(limit) === 0 ? 'bodies of any size' : `bodies up to ${limit}`;
      return [finding(`${largest} would be written to disk behind a buffer of ${buffer}`, scope.head)];
    }),
};

/** nginx starts with none of these wrong; 4k is one page of x86-64. */
export const bufferRelations: NginxRule = {
  name: 'buffer-relations',
  check: (scopes) =>
    scopes.flatMap((scope) => {
      const names = [
        'proxy_buffers',
        'proxy_buffer_size',
        'proxy_busy_buffers_size',
        'proxy_max_temp_file_size',
      ];
      const written = scope.directives.find(({ directive }) => names.includes(directive));
      if (written === undefined) return [];
      const [count = '8', size = '4k'] = inherited(scope, 'proxy_buffers')[0]?.args ?? [];
      const largest = Math.max(bytesOf(size), bytesOf(setting(scope, 'proxy_buffer_size', '4k')));
      const busy = bytesOf(setting(scope, 'proxy_busy_buffers_size', String(2 * largest)));
      const file = bytesOf(setting(scope, 'proxy_max_temp_file_size', '0'));
      const problems = [
        ...(Number(count) < 2 ? ['there must be at least 2 proxy_buffers'] : []),
        ...(busy < largest ? ['proxy_busy_buffers_size is smaller than one of the buffers'] : []),
        ...(busy > (Number(count) - 1) * bytesOf(size)
          ? ['proxy_busy_buffers_size leaves none of the proxy_buffers free']
          : []),
        ...(file > 0 && file < largest
          ? ['proxy_max_temp_file_size is smaller than one of the buffers']
          : []),
      ];
      return problems.map((message) => finding(message, written));
    }),
};

/** Zero is no "unlimited": it times out at once. */
export const timeoutsPositive: NginxRule = {
  name: 'timeouts-positive',
  check: (scopes) =>
    scopes.flatMap(({ directives }) =>
      directives
        .filter(({ directive }) => directive.endsWith('_timeout') && !zeroMeansNone.includes(directive))
        .filter(({ args }) => args.some((time) => /^\d/.test(time) && !/[1-9]/.test(time)))
        .map((directive) => finding(`${heading(directive)}: a timeout must be positive`, directive)),
    ),
};

/** Here nginx's default is 0, and it means that there is none. */
const zeroMeansNone = ['proxy_next_upstream_timeout', 'keepalive_min_timeout'];

/** Connections to an upstream are kept only when three directives agree; nginx does it by itself since 1.29.7. */
export const connectionsKept: NginxRule = {
  name: 'connections-kept',
  check: (scopes, { nginx }) => {
    if (atLeast(nginx, '1.29.7')) return [];
    const upstreams = new Map(
      scopes.filter(({ name }) => name === 'upstream').map((scope) => [scope.head?.args[0], scope]),
    );
    return proxying(scopes).flatMap((scope) => {
      const pass = own(scope, 'proxy_pass')[0];
      const name = /^https?:\/\/([^/:$]+)/.exec(pass?.args[0] ?? '')?.[1];
      const upstream = upstreams.get(name);
      if (upstream === undefined) return [];
      const connection = inherited(scope, 'proxy_set_header').find(
        ({ args }) => args[0]?.toLowerCase() === 'connection',
      );
      const spokenTo =
        setting(scope, 'proxy_http_version', '1.0') === '1.1' &&
        connection !== undefined &&
        connection.args[1] !== 'close';
      return [
        ...(own(upstream, 'keepalive').length > 0
          ? []
          : [finding(`the upstream "${name}" keeps no connections`, pass)]),
        ...(spokenTo
          ? []
          : [
              finding('this closes after each request, without HTTP/1.1 and another Connection header', pass),
            ]),
      ];
    });
  },
};

/** One of these in a block drops all those of the blocks around it, so a block has none or all. */
export const headerSets: NginxRule = {
  name: 'header-sets',
  check: (scopes) =>
    scopes.flatMap((scope) =>
      ['proxy_set_header', 'add_header'].flatMap((name) => {
        const here = own(scope, name);
        if (
          here.length === 0 ||
          (name === 'add_header' && setting(scope, 'add_header_inherit', 'on') === 'merge')
        )
          return [];
        const names = new Set(here.map(({ args }) => args[0]?.toLowerCase()));
        const lost = inherited(scope.parent, name)
          .map(({ args }) => args[0] ?? '')
          .filter((header) => !names.has(header.toLowerCase()));
        return lost.length === 0
          ? []
          : [finding(`${name} here drops ${lost.join(', ')} of the block around`, here[0])];
      }),
    ),
};

/** The upstream's Host is what nginx matched, never what the client happened to write. */
export const hostMatched: NginxRule = {
  name: 'host-matched',
  check: (scopes) =>
    everyDirective(scopes, 'proxy_set_header')
      .filter(
        ({ directive: { args } }) =>
          args[0]?.toLowerCase() === 'host' && /\$\{?(http_|arg_)/.test(args[1] ?? ''),
      )
      .map(({ directive }) => finding(`${heading(directive)}: a client chooses it; use $host`, directive)),
};

/** `$uri` is decoded and may hold line ends, which would split a header or a request in two. */
export const noSplitting: NginxRule = {
  name: 'no-splitting',
  check: (scopes) =>
    everyDirective(scopes, 'return', 'add_header', 'proxy_set_header', 'proxy_pass')
      .filter(({ directive: { args } }) => args.some((text) => /\$\{?(uri|document_uri)\b/.test(text)))
      .map(({ directive }) =>
        finding(`${heading(directive)}: $uri may hold line ends; use $request_uri`, directive),
      ),
};

function proxying(scopes: readonly Scope[]): Scope[] {
  return scopes.filter((scope) => own(scope, 'proxy_pass').length > 0);
}
