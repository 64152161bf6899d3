import { describe, expect, it } from 'vitest';
import { compileConfig } from '../../../src/compile.ts';
import { parseConf } from '../../../src/nginx/parse.ts';
import { nginxHouseRules } from '../../../src/verify/nginx/house-rules.ts';
import { checkNginxRules } from '../../../src/verify/nginx/rules.ts';
import { cases } from '../../cases/index.ts';

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

function changed(from: string | RegExp, to: string, text = emitted('nginx/openfaas.conf')): string[] {
  const other = text.replace(from, () => to);
  if (other === text) throw new Error(`nothing to change: ${from}`);
  return found(other, 'http');
}

const [full] = compileConfig(cases['gateway-full'], 'platform.config.ts').artifacts.filter(
  ({ path }) => path === 'nginx/openfaas.conf',
);

/** In a platform with functions of all kinds. */
const faultsOfFull: [rule: string, from: string | RegExp, to: string][] = [
  ['paths-unchanged', 'gateway/function/pay$request_uri', 'gateway/function/pay/'],
  ['paths-unchanged', 'gateway/function/pay$openfaas_below_pay', 'gateway/function/pay$uri'],
  [
    'paths-unchanged',
    /(?<=\^~ \/function\/chat\/ [^}]+)openfaas_fn_chat\$openfaas_below_chat/,
    'openfaas_fn_chat/',
  ],
  ['paths-unchanged', '(?<openfaas_rest_pay_1>/.*)', '(?<openfaas_rest_pay_1>/[^?]*).*'],
  ['paths-unchanged', 'map $request_uri $openfaas_below_pay', 'map $uri $openfaas_below_pay'],
  ['paths-unchanged', 'X-Original-Uri $request_uri', 'X-Original-Uri $document_uri'],
  ['paths-unchanged', 'proxy_set_header X-Original-Uri $request_uri;', ''],
  ['websocket-alone', 'Upgrade $openfaas_upgrade', 'Upgrade $http_upgrade'],
  ['websocket-alone', '\\\\|websocket$', '\\\\|'],
  ['websocket-alone', '~*^GET ', '~*^[A-Z]+ '],
  ['websocket-alone', 'HTTP/1\\\\.1 ', 'HTTP/\\\\S+ '],
  ['websocket-alone', /(?<=\$openfaas_connection \{\s+)default ""/, 'default upgrade'],
  ['headers-vouched', 'Upgrade $openfaas_upgrade', 'Upgrade $http_upgrade'],
];

const faults: [rule: string, from: string | RegExp, to: string][] = [
  ['said-once', 'proxy_set_header Proxy "";', 'proxy_set_header Proxy ""; proxy_set_header proxy "x";'],
  ['said-once', 'server_name functions', 'server_name _; server_name _; server_name functions'],
  [
    'said-outright',
    /(?<=ssl_certificate_key[^§]+)limit_req_status 429;(?=\s+limit_req_log_level notice;\s+limit_conn )/,
    '',
  ],
  ['said-outright', /ssl_session_cache [^;]+;/, ''],
  ['said-outright', 'ssl_protocols TLSv1.2', 'ssl_protocols TLSv1.1 TLSv1.2'],
  ['said-outright', 'ECDHE-ECDSA-AES128-GCM-SHA256:', 'AES128-SHA:'],
  ['said-outright', 'client_max_body_size 50m;', 'client_max_body_size 0;'],
  ['said-outright', 'proxy_redirect off;', ''],
  ['waits-agree', 'proxy_send_timeout 20s;', 'proxy_send_timeout 21s;'],
  ['clients-hurried', 'client_body_timeout 30s;', 'client_body_timeout 3h;'],
  ['headers-overwritten', 'X-Forwarded-For $remote_addr', 'X-Forwarded-For $proxy_protocol_addr'],
  ['headers-overwritten', 'proxy_set_header X-Callback-Url "";', ''],
  ['headers-vouched', 'proxy_set_header X-Call-Id $request_id', 'proxy_set_header X-Call-Id $http_x_call_id'],
  ['tried-once', 'proxy_next_upstream error;', 'proxy_next_upstream error timeout non_idempotent;'],
  ['strangers-refused', 'ssl_reject_handshake on;', 'ssl_reject_handshake off;'],
  ['strangers-refused', 'try_files "" =444;', 'try_files "" =404;'],
  ['strangers-refused', /server \{\s+listen 80 default_server backlog=4096;[^}]+\}\s+\}/, ''],
  ['everything-answered', /(location = \/healthz \{[^}]+\})\s+proxy_pass [^;]+;/, 'location = /healthz {'],
  ['challenges-served', 'try_files $uri =404;', ''],
  ['redirects-home', 'https://functions.your-domain.no$request_uri', 'https://$host$request_uri'],
  ['redirects-home', 'try_files "" @openfaas_https;', 'try_files "" =404;'],
  ['everything-counted', 'try_files "" =404;', 'return 404;'],
  ['lines-bounded', '"agent":"$openfaas_log_agent"', '"agent":"$http_user_agent"'],
  ['https-remembered', /add_header Strict-Transport-Security max-age=63072000 always;/, ''],
  ['methods-closed', 'deny all;', 'allow all;'],
  ['methods-closed', /limit_except GET \{[^}]+\}/, ''],
  ['errors-answered', 'internal;', ''],
  ['errors-answered', /add_header Retry-After \$openfaas_retry_1s always;/, ''],
  ['errors-answered', '{"error":"$openfaas_error"', '{error'],
  ['errors-answered', 'types {}', ''],
  ['errors-answered', 'return 500', 'return 200'],
  ['errors-answered', / burst=20 nodelay(?=;[^{}]+try_files "" =400)/, ' burst=20'],
  ['errors-answered', /error_page 401 403[^;]+;(?![^§]+error_page 401)/, ''],
  ['errors-answered', 'default @openfaas_error;', 'default @openfaas_other;'],
  ['errors-answered', 'proxy_redirect off;', 'proxy_redirect off; proxy_intercept_errors on;'],
  [
    'tricks-refused',
    /(?<=80;\s+server_name functions[^§]+)if \(\$openfaas_path_refused\) \{[^}]+\}(?![^§]+if \()/,
    '',
  ],
  ['tricks-refused', '(?:25)*2f encoded-slash', '2f encoded-slash'],
  ['tricks-refused', /"[^"]+" dot-segment;/, ''],
  ['tricks-refused', /\S+ empty-segment;/, ''],
  ['tricks-refused', /\S+ encoded-letter;/, ''],
  ['tricks-refused', /\S+ encoded-delimiter;/, ''],
  ['tricks-refused', 'map $request_uri $openfaas_path_refused', 'map $uri $openfaas_path_refused'],
  ['tricks-refused', /(?<=\$openfaas_path_refused \{\s+)default ""/, 'default other'],
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

  it('accept a platform with functions of all kinds', () => {
    expect(found(full?.text ?? '', 'http')).toEqual([]);
  });

  it.each(faultsOfFull)('%s: %s', (rule, from, to) => {
    expect(changed(from, to, full?.text).map((message) => message.split(':', 1).join())).toContain(rule);
  });

  it.each(['user www-data;', 'include /etc/nginx/conf.d/*.conf;', 'sendfile on;'])(
    'takes-the-place: %s',
    (line) => {
      const [said] = found(emitted('nginx/nginx.conf').replace(line, ''), 'main');
      expect(said).toMatch(/^takes-the-place: there is no /);
    },
  );

  it('are all tried', () => {
    const tried = new Set([...[...faults, ...faultsOfFull].map(([rule]) => rule), 'takes-the-place']);
    expect(nginxHouseRules.map(({ name }) => name).filter((name) => !tried.has(name))).toEqual([]);
  });
});
