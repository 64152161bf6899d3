import type { Arguments } from './nginx-syntax.ts';

/** Those in every package that we meet (Debian's and Ubuntu's nginx, nginx.org's) and of use in front of functions. */
export const modules: readonly string[] = [
  'Core functionality',
  'ngx_http_access_module',
  'ngx_http_auth_basic_module',
  'ngx_http_auth_request_module',
  'ngx_http_core_module',
  'ngx_http_geo_module',
  'ngx_http_gzip_module',
  'ngx_http_gzip_static_module',
  'ngx_http_headers_module',
  'ngx_http_index_module',
  'ngx_http_limit_conn_module',
  'ngx_http_limit_req_module',
  'ngx_http_log_module',
  'ngx_http_map_module',
  'ngx_http_proxy_module',
  'ngx_http_realip_module',
  'ngx_http_rewrite_module',
  'ngx_http_ssl_module',
  'ngx_http_stub_status_module',
  'ngx_http_upstream_module',
  'ngx_http_v2_module',
  // Not in Debian 12's and Ubuntu 24.04's nginx, which are older than it.
  'ngx_http_v3_module',
];

/** Documented, but not for us. Directives that are said to be of the commercial subscription in
 * the usual words are left out besides. */
export const leftOut: Readonly<Record<string, string>> = {
  http2_idle_timeout: 'obsolete since 1.19.7: keepalive_timeout',
  http2_max_concurrent_pushes: 'gone in 1.25.1 with server push',
  http2_max_field_size: 'obsolete since 1.19.7: large_client_header_buffers',
  http2_max_header_size: 'obsolete since 1.19.7: large_client_header_buffers',
  http2_max_requests: 'obsolete since 1.19.7: keepalive_requests',
  http2_push: 'gone in 1.25.1 with server push',
  http2_push_preload: 'gone in 1.25.1 with server push',
  http2_recv_timeout: 'obsolete since 1.19.7: client_header_timeout',
  least_time: 'of the commercial subscription',
  limit_zone: 'gone in 1.7.6: limit_conn_zone',
  proxy_cache_purge: 'of the commercial subscription',
  proxy_socket_rcvbuf: 'newer than 1.22.1, and the documentation does not say since when',
  proxy_socket_sndbuf: 'newer than 1.22.1, and the documentation does not say since when',
  ssl: 'gone in 1.25.1: the "ssl" parameter of listen',
};

/** Variables that nginx 1.22.1 does not know: newer, or of the commercial subscription. */
export const leftOutVariables: ReadonlySet<string> = new Set([
  'http3',
  'is_request_port',
  'proxy_protocol_tlv_NAME',
  'request_port',
  'ssl_client_sigalg',
  'ssl_ech_outer_server_name',
  'ssl_ech_status',
  'ssl_sigalg',
  'ssl_sigalgs',
  'time_iso8601_ms',
  'upstream_last_addr',
  'upstream_last_server_name',
  'upstream_queue_time',
]);

const hashSize: Partial<Arguments> = { values: ['<number>'] };
const protocols: Partial<Arguments> = {
  min: 1,
  max: null,
  values: ['SSLv2|SSLv3|TLSv1|TLSv1.1|TLSv1.2|TLSv1.3…'],
};

/**
 * What the syntax lines do not say, or not as nginx 1.22.1 has it, found by asking nginx about each directive of the
 * table. By name, or by name and first context.
 */
export const otherArguments: Readonly<Record<string, Partial<Arguments>>> = {
  // `off | [builtin[:size]] [shared:name:size]`: each part may be absent, but not both.
  ssl_session_cache: { min: 1 },
  ssl_ocsp_cache: { min: 1 },
  ssl_protocols: protocols,
  proxy_ssl_protocols: protocols,
  // `address [parameters]` stands for any number of them.
  'server in upstream': { max: null },
  // `(condition)` may have spaces.
  if: { max: null },
  // The last parameter belongs to the commercial subscription.
  error_log: { max: 2 },
  limit_req_zone: { max: 3, values: [] },
  proxy_next_upstream: {
    values: [
      'error|timeout|invalid_header|http_500|http_502|http_503|http_504|http_403|http_404|http_429|non_idempotent|off…',
    ],
  },
  // As many as there are to choose from.
  keepalive_disable: { max: 2 },
  proxy_cookie_flags: { max: 4 },
  proxy_store_access: { max: 3 },
  // Written as sizes in the documentation, read as plain numbers.
  map_hash_bucket_size: hashSize,
  map_hash_max_size: hashSize,
  proxy_headers_hash_bucket_size: hashSize,
  proxy_headers_hash_max_size: hashSize,
  server_names_hash_bucket_size: hashSize,
  server_names_hash_max_size: hashSize,
  types_hash_bucket_size: hashSize,
  types_hash_max_size: hashSize,
  variables_hash_bucket_size: hashSize,
  variables_hash_max_size: hashSize,
  // These alone may be in gigabytes.
  client_max_body_size: { values: ['<offset>'] },
  directio: { values: ['<offset>|off'] },
  directio_alignment: { values: ['<offset>'] },
  worker_rlimit_core: { values: ['<offset>'] },
  // Whole seconds: no `ms`, but months and years.
  'keepalive_timeout in http': { values: ['<time>', '<seconds>'] },
  open_file_cache_valid: { values: ['<seconds>'] },
  ssl_session_timeout: { values: ['<seconds>'] },
  // A variable, a sign or a unit may stand here.
  limit_rate_after: { values: [] },
  proxy_cache_max_range_offset: { values: [] },
  worker_priority: { values: [] },
};

/** Directives that may stand again in a block with the same arguments; most add to what is there. */
export const repeating: ReadonlySet<string> = new Set([
  'access_log',
  'add_header',
  'add_trailer',
  'allow',
  'auth_request_set',
  'break',
  'debug_connection',
  'deny',
  'env',
  'error_log',
  'error_page',
  'gzip_disable',
  'if',
  'include',
  'index',
  'proxy_cache_bypass',
  'proxy_cache_valid',
  'proxy_cookie_domain',
  'proxy_cookie_path',
  'proxy_hide_header',
  'proxy_no_cache',
  'proxy_pass_header',
  'proxy_redirect',
  'proxy_set_header',
  'proxy_ssl_conf_command',
  'return',
  'rewrite',
  'server',
  'server_name',
  'set',
  'set_real_ip_from',
  'ssl_certificate',
  'ssl_certificate_key',
  'ssl_conf_command',
  'ssl_session_cache',
  'ssl_session_ticket_key',
  'stub_status',
  'types',
]);

/** Directives that may stand again in a block when their first argument is another (`location`: all of them). */
export const repeatingDifferently: ReadonlySet<string> = new Set([
  'geo',
  'limit_conn',
  'limit_conn_zone',
  'limit_req',
  'limit_req_zone',
  'listen',
  'load_module',
  'location',
  'log_format',
  'map',
  'proxy_cache_path',
  'thread_pool',
  'upstream',
]);
