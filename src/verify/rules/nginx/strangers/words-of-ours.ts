import { report } from '../../../../diagnostics/report.ts';
import { otherPlaces } from '../../../../platform/nodes/places.ts';
import { literalPattern } from '../../../literal-pattern.ts';
import { at, confsOf, heading } from '../../../nginx/conf.ts';
import type { Rule } from '../../rule.ts';

const network = '[0-9a-f.:]+(?:/(?!0(?: |$))\\d+)?';
const number = '\\d+';
const size = '\\d+[kmg]?';
const time = '\\d+(?:ms|s|m|h|d)?';
const onOff = '(?:on|off)';
const variable = '\\$openfaas_\\w+';
const log = `${literalPattern(otherPlaces.nginxLogs)}[a-z.]+\\.log`;
const syslog = `syslog:server=unix:${literalPattern(otherPlaces.syslog)},tag=nginx,nohostname`;
const tls = literalPattern(otherPlaces.tls);
/** nginx's own words and a page of the user's, in which no variable is but these. */
const answer = '(?:[^$]|\\$(?:request_uri|openfaas_error|status|request_id)\\b)*';
const header =
  'Strict-Transport-Security [^$]+|Alt-Svc [^$]+|Retry-After \\$openfaas_retry_\\w+|Cache-Control no-store|X-Call-Id \\$request_id|Vary Origin|Access-Control-(?!Allow-Origin )[A-Za-z-]+ [^$]+';
const told =
  '(?:Host|Connection|X-Real-IP|X-Forwarded-(?:For|Host|Proto|Port)|Forwarded|Proxy|X-Callback-Url|X-Client-Subject|X-Auth-Request-User|X-Call-Id|X-Original-(?:Uri|Method)|Content-Length|Upgrade)';

/** What the words behind a directive may be, in whole. */
type Words = Readonly<Record<string, string>>;

const limits: Words = {
  limit_conn: 'openfaas_(?:conn|requests) \\d+',
  limit_conn_log_level: 'notice',
  limit_conn_status: number,
  limit_req: `zone=openfaas_\\w+(?: burst=\\d+)?(?: nodelay| delay=\\d+)?`,
  limit_req_log_level: 'notice',
  limit_req_status: number,
};

const proxy: Words = {
  proxy_buffer_size: size,
  proxy_buffering: onOff,
  proxy_buffers: `${number} ${size}`,
  proxy_busy_buffers_size: size,
  proxy_connect_timeout: time,
  proxy_hide_header: 'Access-Control-[A-Za-z-]+',
  proxy_http_version: '1\\.1',
  proxy_max_temp_file_size: '0',
  proxy_next_upstream: '[a-z0-9_ ]+',
  proxy_next_upstream_timeout: time,
  proxy_next_upstream_tries: number,
  proxy_pass_request_body: 'off',
  proxy_read_timeout: time,
  proxy_redirect: 'off',
  proxy_request_buffering: onOff,
  proxy_send_timeout: time,
  proxy_set_header: `${told} [^ ]*`,
};

const added = `${header}|Access-Control-Allow-Origin ${variable}|[A-Za-z][A-Za-z0-9-]* \\$openfaas_header_\\w+`;

const answers: Words = {
  add_header: `(?:${added})(?: always)?`,
  add_header_inherit: 'merge',
  client_body_buffer_size: size,
  client_body_timeout: time,
  client_header_timeout: time,
  client_max_body_size: '(?!0[kmg]?$)\\d+[kmg]?',
  default_type: '[a-z]+/[a-z.+-]+(?:; charset=utf-8)?',
  recursive_error_pages: 'on',
  error_page: `(?:\\d{3} )+(?:=\\d* )?(?:@openfaas_\\w+|/_fjord/[a-z0-9/-]+|${variable})`,
  access_log: `(?:off|${log}(?: openfaas_json(?: buffer=\\S+)?(?: flush=\\S+)?(?: if=${variable})?)?)`,
  error_log: `${syslog} (?:warn|error)`,
  return: `\\d{3}(?: (?:https://\\$host\\$request_uri|${answer}))?`,
  send_timeout: time,
  keepalive_timeout: time,
  large_client_header_buffers: `${number} ${size}`,
  server_tokens: 'off',
};

/**
 * Every directive of ours by the block that it is in, with the words that may follow it. A new directive, or a new form
 * of one, belongs here; which nginx knows it is the business of the table of directives.
 */
export const vocabulary: Readonly<Record<string, Words>> = {
  main: {
    error_log: answers.error_log ?? '',
    events: '',
    http: '',
    include: literalPattern(otherPlaces.nginxModules),
    pid: literalPattern(otherPlaces.nginxPid),
    user: '(?:www-data|nginx)',
    worker_processes: '(?:auto|\\d+)',
    worker_rlimit_nofile: number,
    worker_shutdown_timeout: time,
  },
  events: { worker_connections: number },
  http: {
    ...answers,
    geo: `(?:\\$realip_remote_addr )?${variable}`,
    include: [otherPlaces.mimeTypes, otherPlaces.nginxConfs].map(literalPattern).join('|'),
    limit_conn_zone: `(?:${variable} zone=openfaas_\\w+:\\d+m|all zone=openfaas_\\w+:\\d+k)`,
    limit_req_zone: `${variable} zone=openfaas_\\w+:\\d+m rate=\\d+r/[sm]`,
    log_format: 'openfaas_\\w+ escape=json [\\s\\S]+',
    map: `\\S+(?: \\S+)* ${variable}`,
    map_hash_bucket_size: number,
    map_hash_max_size: number,
    real_ip_header: '(?:[A-Za-z0-9-]+|proxy_protocol)',
    real_ip_recursive: 'on',
    sendfile: 'on',
    server: '',
    server_names_hash_bucket_size: number,
    server_names_hash_max_size: number,
    set_real_ip_from: network,
    tcp_nopush: 'on',
    types_hash_max_size: number,
    variables_hash_bucket_size: number,
    variables_hash_max_size: number,
    uninitialized_variable_warn: 'off',
    upstream: 'openfaas_[\\w-]+',
  },
  upstream: {
    keepalive: number,
    keepalive_requests: number,
    keepalive_time: time,
    keepalive_timeout: time,
    server: '[0-9a-f.:[\\]]+:\\d+ max_fails=0',
  },
  server: {
    ...answers,
    if: '\\(\\$openfaas_(?:path_refused|stranger|in_clear|callback_refused)\\)',
    ...limits,
    ...proxy,
    http2: 'on',
    listen:
      '(?:(?:\\[::\\]:)?(?:80|443)(?: (?:default_server|ssl|http2|quic|reuseport|proxy_protocol|backlog=\\d+))*|(?:127\\.0\\.0\\.1|\\[::1\\]):\\d+)',
    location: '(?:(?:= |\\^~ )?/[A-Za-z0-9._~/-]*|@openfaas_\\w+)',
    max_headers: number,
    set: '\\$openfaas_asks \\$openfaas_preflight',
    server_name: '(?:_|(?:\\*\\.)?[a-z0-9.-]+)',
    ssl_certificate: `${tls}(?:_\\.)?[a-z0-9.-]+/fullchain\\.pem`,
    ssl_certificate_key: `${tls}(?:_\\.)?[a-z0-9.-]+/privkey\\.pem`,
    ssl_ciphers: 'ECDHE-(?:ECDSA|RSA)-[A-Z0-9-]+(?::ECDHE-(?:ECDSA|RSA)-[A-Z0-9-]+)*',
    ssl_client_certificate: '/[^ ]+',
    ssl_ecdh_curve: '[A-Za-z0-9:]+',
    ssl_prefer_server_ciphers: 'off',
    ssl_protocols: '(?:TLSv1\\.2 )?TLSv1\\.3',
    ssl_reject_handshake: 'on',
    ssl_session_cache: 'shared:openfaas_tls:\\d+m',
    ssl_session_tickets: 'off',
    ssl_session_timeout: time,
    ssl_verify_client: 'optional',
  },
  location: {
    ...answers,
    // Of one function: a whole server is never open to pages of every site.
    add_header: `(?:${added}|Access-Control-Allow-Origin \\*)(?: always)?`,
    ...limits,
    ...proxy,
    allow: network,
    auth_basic: `(?:[a-z0-9-]+|${variable})`,
    auth_basic_user_file: '/[^ $]+',
    auth_request: '/_fjord/auth/[a-z0-9-]+',
    auth_request_set: `${variable} \\$upstream_http_\\w+`,
    deny: `(?:all|${network})`,
    internal: '',
    limit_except: '[A-Z]+(?: [A-Z]+)*',
    proxy_pass: 'http://openfaas_[\\w-]+(?:/[A-Za-z0-9._~/-]*)?(?:\\$request_uri|\\$openfaas_below_\\w+)?',
    root: literalPattern(otherPlaces.challenges),
    set: '\\$openfaas_asks ',
    stub_status: '',
    // Empty, so that the type does not go by the name that was asked for.
    types: '',
    try_files: '(?:\\$uri|) (?:=4\\d\\d|@openfaas_\\w+)',
  },
  limit_except: { deny: 'all' },
  if: { return: '(?:400|426|444)' },
  types: {},
};

const patterns = new Map(
  Object.entries(vocabulary).map(([block, words]) => [
    block,
    new Map(Object.entries(words).map(([name, pattern]) => [name, new RegExp(`^(?:${pattern})$`)])),
  ]),
);

/**
 * A conf is in a small part of nginx's language, which the other rules know: no module, no file of somebody, no check
 * that is switched off.
 */
export const wordsOfOurs: Rule = {
  name: 'words-of-ours',
  harm: 'exposure',
  loss: 'One directive that no other rule knows could copy calls, serve files or switch a check off.',
  check: (dist) =>
    confsOf(dist).flatMap((conf) =>
      conf.scopes.flatMap(({ name, directives }) => {
        const known = patterns.get(name);
        if (known === undefined) return [];
        return directives
          .filter(({ directive, args }) => known.get(directive)?.test(args.join(' ')) !== true)
          .map((directive) =>
            report('verify/directive-not-ours', [], { directive: heading(directive) }, at(conf, directive)),
          );
      }),
    ),
};
