import { describe, expect, it } from 'vitest';
import { compileConfig } from '../../../../src/compile.ts';
import type { Code } from '../../../../src/diagnostics/codes.ts';
import { verifyNginxDiagnostics } from '../../../../src/verify/rules/nginx/diagnostics.ts';
import { verifyNginxEncryptionDiagnostics } from '../../../../src/verify/rules/nginx/encryption/diagnostics.ts';
import { verifyNginxClientsDiagnostics } from '../../../../src/verify/rules/nginx/strangers/diagnostics.ts';
import { cases } from '../../../cases/index.ts';
import { brought, found, type Read } from './judge.ts';

function emitted(
  name: string,
  path: 'nginx/openfaas.conf' | 'nginx/nginx.conf' = 'nginx/openfaas.conf',
): string {
  const { artifacts } = compileConfig(cases[name], 'platform.config.ts');
  return artifacts.find((artifact) => artifact.path === path)?.text ?? '';
}

const reference = emitted('reference');
const full = emitted('gateway-full');
const main = emitted('reference', 'nginx/nginx.conf');

function changed(from: string | RegExp, to: string, text: string): string {
  const other = text.replace(from, () => to);
  if (other === text) throw new Error(`nothing to change: ${from}`);
  return other;
}

/** In a platform with functions of all kinds. */
const faultsOfFull: [code: Code, from: string | RegExp, to: string][] = [
  ['verify/path-changed', 'gateway/function/pay$request_uri', 'gateway/function/pay/'],
  ['verify/path-changed', 'gateway/function/pay$openfaas_below_pay', 'gateway/function/pay$uri'],
  [
    'verify/path-changed',
    /(?<=\^~ \/function\/chat\/ [^}]+)openfaas_fn_chat\$openfaas_below_chat/,
    'openfaas_fn_chat/',
  ],
  ['verify/path-changed', '(?<openfaas_rest_pay_1>/.*)', '(?<openfaas_rest_pay_1>/[^?]*).*'],
  ['verify/path-changed', 'map $request_uri $openfaas_below_pay', 'map $uri $openfaas_below_pay'],
  ['verify/path-changed', 'X-Original-Uri $request_uri', 'X-Original-Uri $document_uri'],
  ['verify/path-changed', 'proxy_set_header X-Original-Uri $request_uri;', ''],
  ['verify/upgrade-not-websocket', 'Upgrade $openfaas_upgrade', 'Upgrade $http_upgrade'],
  ['verify/upgrade-not-websocket', '\\\\|websocket$', '\\\\|'],
  ['verify/upgrade-not-websocket', '~*^GET ', '~*^[A-Z]+ '],
  ['verify/upgrade-not-websocket', 'HTTP/1\\\\.1 ', 'HTTP/\\\\S+ '],
  ['verify/upgrade-not-websocket', /(?<=\$openfaas_connection \{\s+)default ""/, 'default upgrade'],
  ['verify/header-not-vouched', 'Upgrade $openfaas_upgrade', 'Upgrade $http_upgrade'],
  ['verify/certificate-never-asked', /ssl_verify_client optional;/g, ''],
  ['verify/answer-unreadable', / {8}add_header Access-Control-Expose-Headers Retry-After always;\n/g, ''],
  [
    'verify/answer-unreadable',
    /(?<=location @openfaas_error_fn_pay \{[^}]+\}[^}]+)add_header Access-Control-Allow-Origin [^;]+;/,
    '',
  ],
  ['verify/answer-unreadable', /\S+\/v1\/pay\S+ \S*error_fn_pay;/, ''],
  ['verify/answer-unreadable', /\S+\/async-function\/pay\S+ \S*error_fn_pay;/, ''],
  [
    'verify/answer-unreadable',
    'map $request_uri $openfaas_refused_answer',
    'map $uri $openfaas_refused_answer',
  ],
  ['verify/answer-unreadable', '400 429 $openfaas_refused_answer', '400 429 $openfaas_error_place'],
  ['verify/preflights-take-rate', 'set $openfaas_asks $openfaas_preflight;', ''],
  ['verify/preflights-take-rate', 'default $openfaas_asks$openfaas_client;', 'default $openfaas_client;'],
  ['verify/rate-doubled', 'set $openfaas_asks "";', ''],
  ['verify/map-spares-clients', 'OPTIONS preflight;', 'OPTIONS $request_uri;'],
  ['verify/map-spares-clients', 'set $openfaas_asks $openfaas_preflight', 'set $openfaas_asks $request_id'],
  ['verify/map-spares-clients', 'map $openfaas_client $openfaas_caller', 'map $request_id $openfaas_caller'],
  ['verify/certificate-never-asked', /ssl_client_certificate [^;]+;/g, ''],
];

/** Behind a load balancer that ends TLS. */
const behind = emitted('behind-balancer');
const asBehind: Read = {
  systems: ['debian-13'],
  tlsEndedBy: 'load-balancer',
  reachableFrom: ['10.0.1.0/24', 'fd00:0:0:1::/64'],
};
const strangersGone = /if \(\$openfaas_stranger\) \{\s+return 444;\s+\}/;
const faultsBehind: [code: Code, from: string | RegExp, to: string][] = [
  ['verify/answered-in-the-clear', strangersGone, ''],
  [
    'verify/answered-in-the-clear',
    new RegExp(`(?<=functions\\.example\\.com;[^§]+?)${strangersGone.source}`),
    '',
  ],
  ['verify/answered-in-the-clear', /if \(\$openfaas_in_clear\) \{\s+return 426;\s+\}/, ''],
  ['verify/answered-in-the-clear', 'return 444', 'return 400'],
  ['verify/answered-in-the-clear', 'if ($openfaas_stranger)', 'if ($openfaas_in_clear)'],
  ['verify/balancer-unknown', '10.0.1.0/24 0;', '10.0.0.0/8 0;'],
  ['verify/balancer-unknown', '10.0.1.0/24 0;', '10.0.1.0/24 0; 203.0.113.0/24 0;'],
  ['verify/balancer-unknown', /default 1;(?=\s+127)/, 'default 0;'],
  ['verify/balancer-unknown', /default 1;(?=\s+127)/, ''],
  ['verify/balancer-unknown', 'geo $realip_remote_addr $openfaas_stranger', 'geo $openfaas_stranger'],
  ['verify/scheme-believed', /(?<=scheme_clear \{\s+)default 1;/, 'default "";'],
  ['verify/scheme-believed', 'https "";', 'https ""; http "";'],
  ['verify/scheme-believed', '/nginx-health "";', '/nginx-health ""; /function/orders "";'],
  ['verify/scheme-believed', 'map $http_x_forwarded_proto', 'map $http_x_scheme'],
  ['verify/hsts-missing', /add_header Strict-Transport-Security max-age=31536000 always;/, ''],
  ['verify/header-not-vouched', 'X-Forwarded-Proto https', 'X-Forwarded-Proto $http_x_forwarded_proto'],
  ['verify/header-not-vouched', 'X-Forwarded-Proto https', 'X-Forwarded-Proto $scheme'],
  ['verify/not-counted', 'error_page 426 = @openfaas_in_clear;', ''],
  ['verify/not-counted', /(?<=location @openfaas_in_clear \{\s+)limit_req [^;]+;/, ''],
  ['verify/stranger-answered', 'try_files "" =444;', 'try_files "" =404;'],
];

const faults: [code: Code, from: string | RegExp, to: string][] = [
  ['verify/header-not-everywhere', /add_header X-Content-Type-Options \S+ always;(?=\s+return 500)/, ''],
  [
    'verify/header-twice',
    'proxy_set_header Proxy "";',
    'proxy_set_header Proxy ""; proxy_set_header proxy "x";',
  ],
  ['verify/tls-weak', 'ssl_protocols TLSv1.2', 'ssl_protocols TLSv1.1 TLSv1.2'],
  ['verify/tls-weak', 'ECDHE-ECDSA-AES128-GCM-SHA256:', 'AES128-SHA:'],
  ['verify/tls-weak', /ssl_ciphers [^;]+;/, ''],
  ['verify/tls-weak', /ssl_protocols [^;]+;/g, ''],
  ['verify/tls-weak', 'ssl_ecdh_curve X25519', 'ssl_ecdh_curve secp224r1:X25519'],
  ['verify/tls-weak', 'ssl_session_tickets off;', ''],
  ['verify/tls-of-default-server', 'ssl_protocols TLSv1.2 TLSv1.3', 'ssl_protocols TLSv1.3'],
  ['verify/directive-not-ours', 'client_max_body_size 50m;', 'client_max_body_size 0;'],
  ['verify/directive-not-ours', 'proxy_redirect off;', 'proxy_redirect off; proxy_intercept_errors on;'],
  ['verify/written-to-disk', 'proxy_max_temp_file_size 0;', ''],
  ['verify/written-to-disk', 'proxy_request_buffering off;', ''],
  ['verify/sends-shorter-than-waits', 'proxy_send_timeout 20s;', 'proxy_send_timeout 19s;'],
  ['verify/sends-shorter-than-waits', 'proxy_send_timeout 610s;', ''],
  ['verify/held-too-long', 'client_body_timeout 30s;', 'client_body_timeout 3h;'],
  ['verify/held-too-long', 'send_timeout 30s;', 'send_timeout 1d;'],
  ['verify/gives-up-at-once', 'send_timeout 30s;', 'send_timeout 0;'],
  [
    'verify/header-not-vouched',
    'proxy_set_header X-Real-IP',
    'proxy_set_header x-real-ip 192.0.2.1; proxy_set_header X-Real-IP',
  ],
  [
    'verify/header-not-vouched',
    /location = \/healthz \{/,
    'location = /healthz {\n proxy_set_header Host $host;',
  ],
  ['verify/header-not-vouched', 'X-Forwarded-For $remote_addr', 'X-Forwarded-For $proxy_protocol_addr'],
  ['verify/header-not-vouched', 'proxy_set_header X-Callback-Url "";', ''],
  [
    'verify/header-not-vouched',
    'proxy_set_header X-Call-Id $request_id',
    'proxy_set_header X-Call-Id $http_x_call_id',
  ],
  [
    'verify/call-tried-again',
    'proxy_next_upstream error;',
    'proxy_next_upstream error timeout non_idempotent;',
  ],
  ['verify/stranger-answered', 'ssl_reject_handshake on;', 'ssl_reject_handshake off;'],
  ['verify/stranger-answered', 'try_files "" =444;', 'try_files "" =404;'],
  ['verify/stranger-answered', /server \{\s+listen 80 default_server backlog=4096;[^}]+\}\s+\}/, ''],
  ['verify/files-served', /(location = \/healthz \{[^}]+\})\s+proxy_pass [^;]+;/, 'location = /healthz {'],
  ['verify/files-served', '^~ /.well-known/acme-challenge/', '^~ /.well-known/'],
  ['verify/files-served', /location \/ \{\s+try_files "" =404;\s+\}/, ''],
  ['verify/unencrypted-answer', 'https://functions.your-domain.no$request_uri', 'https://$host$request_uri'],
  ['verify/unencrypted-answer', 'try_files "" @openfaas_https;', 'try_files "" =404;'],
  ['verify/unencrypted-answer', 'return 308', 'return 301'],
  ['verify/unencrypted-answer', 'try_files "" @openfaas_https;', 'proxy_pass http://openfaas_gateway;'],
  ['verify/answered-before-guards', 'try_files "" =404;', 'return 404;'],
  ['verify/not-counted', '    limit_req zone=openfaas_req burst=20 nodelay;\n', ''],
  ['verify/not-counted', /limit_conn \S+ \d+;/g, ''],
  ['verify/not-counted', /limit_conn openfaas_conn \d+;/g, ''],
  ['verify/not-counted', /error_page 400 \$openfaas_refused_place;/g, ''],
  ['verify/not-counted', / {8}limit_req zone=openfaas_req burst=20 nodelay;\n/g, ''],
  ['verify/log-line-unbounded', '"agent":"$openfaas_log_agent"', '"agent":"$http_user_agent"'],
  ['verify/log-line-unbounded', '{1,240}', '{1,9999}'],
  ['verify/log-holds-secret', '"id":"$request_id"', '"id":"$request_id","auth":"$http_authorization"'],
  ['verify/refusals-logged', 'if=$openfaas_log_line', ''],
  ['verify/refusals-logged', '    ~^4 $openfaas_log_sample;\n', ''],
  ['verify/refusals-logged', '    503 $openfaas_log_sample;\n', ''],
  ['verify/refusals-logged', 'access_log off;', ''],
  ['verify/refusals-logged', 'limit_req_log_level notice;', ''],
  ['verify/refusals-logged', 'limit_conn_log_level notice;', 'limit_conn_log_level warn;'],
  ['verify/hsts-missing', /add_header Strict-Transport-Security max-age=63072000 always;/, ''],
  ['verify/refuses-nobody', 'deny all;', 'allow all;'],
  ['verify/internal-open', /(?<=location = \/_fjord\/error \{\s+)internal;/, ''],
  ['verify/error-as-success', 'return 500', 'return 200'],
  ['verify/error-as-success', 'error_page 400 $openfaas', 'error_page 400 =200 $openfaas'],
  ['verify/nginx-name-undefined', 'default @openfaas_error;', 'default @openfaas_other;'],
  ['verify/connection-per-call', /keepalive \d+;/, ''],
  ['verify/map-spares-clients', 'default $binary_remote_addr;', 'default "";'],
  ['verify/map-spares-clients', / +"~\(\?s\)[^;]+v6net;\n/, ''],
  ['verify/answer-repeats-request', '404 "not found";', '404 $http_authorization;'],
  ['verify/location-not-plain', 'location = /healthz', 'location ~ /healthz'],
  ['verify/plain-path-refused', '~^[^?]*// empty-segment;', '~^[^?]*/ empty-segment;'],
  [
    'verify/path-let-through',
    /(?<=80;\s+server_name functions[^§]+)if \(\$openfaas_path_refused\) \{[^}]+\}(?![^§]+if \()/,
    '',
  ],
  ['verify/path-let-through', '(?:25)*2f encoded-slash', '2f encoded-slash'],
  ['verify/path-let-through', /"[^"]+" dot-segment;/, ''],
  ['verify/path-let-through', /\S+ empty-segment;/, ''],
  ['verify/path-let-through', /\S+ encoded-letter;/, ''],
  ['verify/path-let-through', /\S+ encoded-delimiter;/, ''],
  ['verify/path-let-through', 'map $request_uri $openfaas_path_refused', 'map $uri $openfaas_path_refused'],
  ['verify/plain-path-refused', /(?<=\$openfaas_path_refused \{\s+)default ""/, 'default other'],
  ['verify/paths-differ', /location = \/function\/verify-payment \{[^}]+\}/, ''],
  [
    'verify/paths-differ',
    /(?<=location = \/function\/order-webhook \{\s+)proxy_send_timeout 20s;\s+proxy_read_timeout 20s;/,
    '',
  ],
  [
    'verify/certificate-not-own',
    'tls/functions.your-domain.no/privkey.pem',
    'tls/other.example.no/privkey.pem',
  ],
];

const faultsOfMain: [code: Code, from: string | RegExp, to: string][] = [
  ['verify/conf-not-included', 'include /etc/nginx/conf.d/*.conf;', ''],
  ['verify/nginx-refuses', 'user www-data;', 'user nginx;'],
  ['verify/directive-not-ours', 'user www-data;', 'user root;'],
];

/** What only our snapshots hold. */
const harmless: [what: string, from: string | RegExp, to: string][] = [
  ['a default left to nginx', /ssl_session_cache [^;]+;/g, ''],
  ['an error in other words', '{"error":"$openfaas_error"', '{"oops":"$openfaas_error"'],
  ['no time to come again', /add_header Retry-After \$openfaas_retry_1s always;/, ''],
  ['a log in another form', '"ts":"$time_iso8601"', 'ts=$time_iso8601'],
  [
    'another order',
    /(proxy_redirect off;)(\s+)(proxy_buffer_size 32k;)/,
    'proxy_buffer_size 32k; proxy_redirect off;',
  ],
  ['sending for longer than waiting', 'proxy_send_timeout 610s;', 'proxy_send_timeout 611s;'],
];

/** See any-conf.test.ts, and below. */
const triedElsewhere = [
  'verify/nginx-name-twice',
  'verify/nginx-form-outdated',
  'verify/nginx-size-too-small',
  'verify/listens-on-one-family',
  'verify/listens-on-ipv6',
];

describe('the rules of nginx', () => {
  it.each(['reference', 'gateway-full'])('accept what was compiled: %s', (name) => {
    expect(found(emitted(name))).toEqual([]);
    expect(found(emitted(name, 'nginx/nginx.conf'), { path: 'nginx/nginx.conf' })).toEqual([]);
  });

  it.each(faults)('%s: %s', (code, from, to) => {
    expect(brought(reference, changed(from, to, reference))).toContain(code);
  });

  it.each(faultsOfFull)('%s: %s', (code, from, to) => {
    expect(brought(full, changed(from, to, full))).toContain(code);
  });

  it.each(faultsBehind)('%s, behind a load balancer: %s', (code, from, to) => {
    expect(found(behind, asBehind)).toEqual([]);
    expect(brought(behind, changed(from, to, behind), asBehind)).toContain(code);
  });

  it('let nobody else answer in the clear', () => {
    expect(found(behind, { systems: ['debian-13'] })).not.toEqual([]);
  });

  it.each(faultsOfMain)('%s: %s', (code, from, to) => {
    expect(brought(main, changed(from, to, main), { path: 'nginx/nginx.conf' })).toContain(code);
  });

  it.each(harmless)('let pass what harms nobody: %s', (_, from, to) => {
    expect(brought(reference, changed(from, to, reference))).toEqual([]);
  });

  it('hold nodes without IPv6 to IPv4', () => {
    const quiet = emitted('quiet');
    expect(found(quiet, { ipv6: false })).toEqual([]);
    for (const [from, to] of [
      ['listen 80;', 'listen 80; listen [::]:80;'],
      ['listen 127.0.0.1:8090;', 'listen 127.0.0.1:8090; listen [::1]:8090;'],
    ] as const) {
      expect(brought(quiet, changed(from, to, quiet), { ipv6: false })).toContain('verify/listens-on-ipv6');
    }
    // Of nodes that have it, a conf without is wrong.
    expect(found(quiet).filter((one) => one.startsWith('verify/listens-on-one-family'))).toHaveLength(4);
  });

  it('have each code tried', () => {
    const tried = [...faults, ...faultsOfFull, ...faultsBehind, ...faultsOfMain].map(([code]) => code);
    const all = Object.keys({
      ...verifyNginxDiagnostics,
      ...verifyNginxClientsDiagnostics,
      ...verifyNginxEncryptionDiagnostics,
    });
    expect(all.filter((code) => !tried.some((one) => one === code))).toEqual(triedElsewhere);
  });
});
