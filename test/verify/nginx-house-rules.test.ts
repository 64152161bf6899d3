import { describe, expect, it } from 'vitest';
import { compileConfig } from '../../src/compile.ts';
import { parseConf } from '../../src/nginx/parse.ts';
import { nginxHouseRules } from '../../src/verify/nginx-house-rules.ts';
import { checkNginxRules } from '../../src/verify/nginx-rules.ts';
import { cases } from '../cases/index.ts';

const { artifacts } = compileConfig(cases.reference, 'platform.config.ts');
const emitted = (path: string) => artifacts.find((artifact) => artifact.path === path)?.text ?? '';

/** What the rules of the house find in a conf: rule and message. */
function found(text: string, file: 'main' | 'http'): string[] {
  const parsed = parseConf(text);
  if ('problem' in parsed) throw new Error(parsed.problem.message);
  const options = { file, nginx: '1.22.1', openssl: '3.0' };
  return checkNginxRules(parsed.statements, options, nginxHouseRules).map(
    ({ rule, message }) => `${rule}: ${message}`,
  );
}

function changed(from: string | RegExp, to: string): string[] {
  const text = emitted('nginx/openfaas.conf');
  const other = text.replace(from, () => to);
  if (other === text) throw new Error(`nothing to change: ${from}`);
  return found(other, 'http');
}

const faults: [rule: string, from: string | RegExp, to: string][] = [
  ['said-once', 'proxy_set_header Proxy "";', 'proxy_set_header Proxy ""; proxy_set_header proxy "x";'],
  ['said-once', 'server_name functions', 'server_name _; server_name _; server_name functions'],
  ['said-outright', 'limit_req_status 429;', ''],
  ['said-outright', /ssl_session_cache [^;]+;/, ''],
  ['said-outright', 'ssl_protocols TLSv1.2', 'ssl_protocols TLSv1.1 TLSv1.2'],
  ['said-outright', 'ECDHE-ECDSA-AES128-GCM-SHA256:', 'AES128-SHA:'],
  ['said-outright', 'client_max_body_size 50m;', 'client_max_body_size 0;'],
  ['said-outright', 'proxy_redirect off;', ''],
  ['waits-agree', 'proxy_send_timeout 20s;', 'proxy_send_timeout 21s;'],
  ['clients-hurried', 'client_body_timeout 30s;', 'client_body_timeout 3h;'],
  ['headers-overwritten', 'X-Forwarded-For $remote_addr', 'X-Forwarded-For $proxy_protocol_addr'],
  ['headers-overwritten', 'proxy_set_header X-Callback-Url "";', ''],
  ['headers-vouched', 'X-Call-Id $request_id', 'X-Call-Id $http_x_call_id'],
  ['tried-once', 'proxy_next_upstream error;', 'proxy_next_upstream error timeout non_idempotent;'],
  ['strangers-refused', 'ssl_reject_handshake on;', 'ssl_reject_handshake off;'],
  ['strangers-refused', 'return 444;', 'return 200;'],
  ['strangers-refused', /server \{\s+listen 80 default_server backlog=4096;[^}]+\}/, ''],
  ['everything-answered', /(location = \/healthz \{[^}]+\})\s+proxy_pass [^;]+;/, 'location = /healthz {'],
  ['challenges-served', 'try_files $uri =404;', ''],
  ['redirects-home', 'https://functions.your-domain.no$request_uri', 'https://$host$request_uri'],
  ['redirects-home', 'return 404;', 'return 403;'],
  ['https-remembered', /add_header Strict-Transport-Security max-age=63072000 always;/, ''],
  ['methods-closed', 'deny all;', 'allow all;'],
  ['methods-closed', /limit_except GET \{[^}]+\}/, ''],
  ['refusals-explained', 'internal;', ''],
  ['refusals-explained', 'Retry-After 1 always', 'Retry-After 0 always'],
  ['refusals-explained', '{"error":"too many requests"}', '{error}'],
  ['json-written', '"ts":"$time_iso8601"', '"ts":$time_iso8601"'],
  ['paths-paired', /location = \/function\/verify-payment \{[^}]+\}/, ''],
  [
    'paths-paired',
    /(?<=location = \/function\/order-webhook \{\s+)proxy_send_timeout 20s;\s+proxy_read_timeout 20s;/,
    '',
  ],
  ['certificates-own', 'tls/functions.your-domain.no/privkey.pem', 'tls/other.example.no/privkey.pem'],
];

describe('the rules of the house', () => {
  it('accept what was compiled', () => {
    expect(found(emitted('nginx/openfaas.conf'), 'http')).toEqual([]);
    expect(found(emitted('nginx/nginx.conf'), 'main')).toEqual([]);
  });

  it.each(faults)('%s: %s', (rule, from, to) => {
    expect(changed(from, to).map((message) => message.split(':', 1).join())).toContain(rule);
  });

  it.each(['user www-data;', 'include /etc/nginx/conf.d/*.conf;', 'sendfile on;'])(
    'takes-the-place: %s',
    (line) => {
      const [said] = found(emitted('nginx/nginx.conf').replace(line, ''), 'main');
      expect(said).toMatch(/^takes-the-place: there is no /);
    },
  );

  it('are all tried', () => {
    const tried = new Set([...faults.map(([rule]) => rule), 'takes-the-place']);
    expect(nginxHouseRules.map(({ name }) => name).filter((name) => !tried.has(name))).toEqual([]);
  });
});
