import { block, comment, directive, type Statement } from '../../nginx/directive.ts';
import { endsAtBalancer } from '../../platform/gateway/balancer.ts';
import type { Gateway } from '../../platform/gateway/gateway.ts';
import type { Platform } from '../../platform/platform.ts';
import { inVariable, said } from './text.ts';

/** Headers of all answers, for a whole server. */
export function standingHeaders({ gateway }: Platform): Statement[] {
  return [
    ...(gateway.features.mergesHeaders ? [directive('add_header_inherit', 'merge')] : []),
    ...headers(gateway),
  ];
}

/** The same for a block with its own add_header, which inherits no headers in versions without `add_header_inherit`. */
export function repeatedHeaders({ gateway }: Platform): Statement[] {
  return gateway.features.mergesHeaders ? [] : headers(gateway);
}

function headers(gateway: Gateway): Statement[] {
  return [
    directive('add_header', 'Strict-Transport-Security', gateway.tls.hsts, 'always'),
    ...(gateway.tls.http3 ? [directive('add_header', 'Alt-Svc', 'h3=":443"; ma=86400', 'always')] : []),
    ...gateway.headers.map(({ name }) => directive('add_header', said(name), answerHeader(name), 'always')),
  ];
}

/** The headers of \`gateway.headers\`: empty, and so not sent, where the function sends its own. */
export function headerMaps({ gateway }: Platform): Statement[] {
  return gateway.headers.map(({ name, value }) =>
    block(
      'map',
      [`$upstream_http_${inVariable(name.toLowerCase())}`, answerHeader(name)],
      [
        // Not cached: a call of \`auth.function\` earlier in the request has headers of its own.
        directive('volatile'),
        directive('default', ''),
        directive('', said(value)),
      ],
    ),
  );
}

function answerHeader(name: string): string {
  return `$openfaas_header_${inVariable(name.toLowerCase())}`;
}

/** Headers for the gateway. Some are set only if a function needs them; none is taken from the client. */
export interface ExtraHeaders {
  readonly Connection?: string;
  readonly Upgrade?: string;
  readonly 'X-Callback-Url'?: string;
  readonly 'Content-Length'?: string;
  readonly 'X-Original-Uri'?: string;
  readonly 'X-Original-Method'?: string;
}

/** All proxy_set_header directives of a block. One in a block replaces all inherited ones, so each block has all. */
export function proxyHeaders({ gateway, functions }: Platform, extra: ExtraHeaders = {}): Statement[] {
  const set = (name: string, value: string) => directive('proxy_set_header', name, value);
  const asksFunction = functions.some(({ http }) => http.auth?.kind === 'function');
  return [
    set('Host', '$host'),
    set('Connection', extra.Connection ?? ''),
    set('X-Real-IP', '$remote_addr'),
    comment('Replaced, not appended to, so that no value from the client is passed on.'),
    set('X-Forwarded-For', '$remote_addr'),
    set('X-Forwarded-Host', '$host'),
    // What a balancer passes on without TLS never comes this far.
    set('X-Forwarded-Proto', endsAtBalancer(gateway) ? 'https' : '$scheme'),
    set('X-Forwarded-Port', endsAtBalancer(gateway) ? '443' : '$server_port'),
    set('Forwarded', ''),
    set('Proxy', ''),
    set('X-Callback-Url', extra['X-Callback-Url'] ?? ''),
    ...(gateway.tls.clientCa === undefined ? [] : [set('X-Client-Subject', '$ssl_client_s_dn')]),
    ...(asksFunction ? [set('X-Auth-Request-User', '$openfaas_user')] : []),
    comment("One id in nginx's log, the gateway's and the function."),
    set('X-Call-Id', '$request_id'),
    ...Object.entries(extra)
      .filter(([name]) => name !== 'Connection' && name !== 'X-Callback-Url')
      .map(([name, value]) => set(name, value)),
  ];
}
