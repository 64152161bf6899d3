import type { ForeignKey } from './foreign-key.ts';

const timeouts =
  "remove it; nginx' timeouts follow from each function's timeout, or from openfaas.upstreamTimeout";
const rate = "write rateLimit: { rate: '10r/s', burst: 20 } in gateway, or in a function's http";
const buffers = 'write gateway.buffers';
const files = "write gateway.tls: { files: { certificate: '/…', key: '/…' } }";
const ciphers = "remove it; TLS 1.2 and 1.3 with modern ciphers, or write gateway.tls.profile: 'modern'";
const client = 'write gateway.trustedProxies';
const workers = 'write gateway.connections; workers and their limits follow from it';
const headers = 'remove it; what a function must know of its caller is passed on already';
const answers = "write gateway.headers: { 'X-Name': '…' }; CORS is written as http.cors of a function";
const open = "write networks: ['…'] in a function's http, or in gateway.admin";
const compression =
  'remove it; a function compresses its own answers, because nginx cannot know which are secret';

/** Directives of nginx' conf by what takes their place. */
const directives: Readonly<Record<string, string>> = {
  proxy_read_timeout: timeouts,
  proxy_send_timeout: timeouts,
  proxy_connect_timeout: timeouts,
  send_timeout: timeouts,
  keepalive_timeout: timeouts,
  client_body_timeout: timeouts,
  client_header_timeout: timeouts,
  limit_req: rate,
  limit_req_zone: rate,
  limit_req_status: 'remove it; a call above the rate is answered with 429 and Retry-After',
  limit_conn: 'write gateway.connectionLimit',
  limit_conn_zone: 'write gateway.connectionLimit',
  limit_rate: 'remove it; nginx sends answers as fast as the client takes them',
  client_max_body_size: 'write maxBody in gateway, or on a function',
  client_body_buffer_size: buffers,
  client_header_buffer_size: buffers,
  large_client_header_buffers: buffers,
  proxy_buffers: buffers,
  proxy_buffer_size: buffers,
  proxy_busy_buffers_size: buffers,
  proxy_buffering: 'write stream: true in the http of a function whose answer must arrive piece by piece',
  proxy_request_buffering: 'write stream: true in the http of a function',
  proxy_http_version: 'remove it; nginx keeps connections to the gateway open with HTTP/1.1',
  proxy_set_header: headers,
  proxy_pass: 'remove it; nginx calls the gateway, or a function with direct: true',
  proxy_cache: 'remove it; nginx keeps no answers, because they may be personal data',
  proxy_cache_path: 'remove it; nginx keeps no answers, because they may be personal data',
  ssl_certificate: files,
  ssl_certificate_key: files,
  ssl_protocols: ciphers,
  ssl_ciphers: ciphers,
  ssl_client_certificate: 'write gateway.tls.clientCa',
  server_name: "write domain at the top, or http: { domains: ['…'] } on a function",
  add_header: answers,
  set_real_ip_from: client,
  real_ip_header: client,
  proxy_protocol: 'write proxyProtocol: true in gateway.trustedProxies',
  auth_basic: "write http: { auth: { passwordFile: '/…' } } on each function that it is for",
  auth_basic_user_file: "write http: { auth: { passwordFile: '/…' } } on each function that it is for",
  error_page: 'write gateway.errorPage',
  access_log: 'write logs.nginx, how much disk the logs may take',
  error_log: 'write logs.nginx, how much disk the logs may take',
  worker_processes: workers,
  worker_connections: workers,
  worker_rlimit_nofile: workers,
  server_tokens: 'remove it; nginx never tells its version',
  gzip_types: compression,
};

/** Directives of one word. They mean nginx only where its settings are. */
const words: Readonly<Record<string, string>> = {
  gzip: compression,
  brotli: compression,
  http2: 'remove it; HTTP/2 is always on, and HTTP/3 is gateway.tls.http3',
  listen: 'remove it; nginx listens on ports 80 and 443 of each node with nginx: true',
  location: "write http: { paths: ['/…'] } on a function",
  upstream: 'remove it; nginx calls the gateway, or a function with direct: true',
  server: 'write the keys of gateway; the servers of nginx follow from domain and functions',
  allow: open,
  deny: open,
};

const places = ['gateway', 'nginx'];

/** Keys from nginx' conf, as nginx spells them and in camel case. The others of its directives: {@link nginxDirective}. */
export const foreignNginxKeys: Readonly<Record<string, ForeignKey>> = Object.fromEntries([
  ...Object.entries(directives).flatMap(([name, instead]) => [row(name, instead), row(camel(name), instead)]),
  ...Object.entries(words).flatMap(([name, instead]) =>
    places.map((place) => row(`${place}.${name}`, instead)),
  ),
]);

const prefixes =
  /^(proxy|limit|ssl|client|keepalive|gzip|worker|access|error|server|send|sub|fastcgi|uwsgi|scgi|grpc|large|resolver|real|geo|map|open_file|auth|tcp|http2|http3|quic|log|variables|types)_[a-z0-9_]+$/;

/** The row for any other name that looks like a directive of nginx: `proxy_next_upstream`. */
export function nginxDirective(key: string): ForeignKey | undefined {
  if (!prefixes.test(key)) return undefined;
  return row(
    key,
    "remove it; nginx' conf follows from gateway and functions, and is in dist/nginx/ to read",
  )[1];
}

function row(name: string, instead: string): [string, ForeignKey] {
  return [name, { code: 'check/nginx-directive', instead }];
}

function camel(name: string): string {
  return name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
}
