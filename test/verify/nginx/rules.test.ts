import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parseConf } from '../../../src/nginx/parse.ts';
import { printConf } from '../../../src/nginx/print.ts';
import type { NginxRuleOptions } from '../../../src/verify/nginx/rules/nginx-rule.ts';
import { checkNginxRules, nginxRules } from '../../../src/verify/nginx/rules.ts';
import { checkNginxConf } from '../../../src/verify/nginx/schema.ts';

const gateway = readFileSync(new URL('gateway.conf', import.meta.url), 'utf8');
const debian12: NginxRuleOptions = { file: 'http', nginx: '1.22.1', openssl: '3.0' };

function found(text: string, options: NginxRuleOptions = debian12): string[] {
  const parsed = parseConf(text);
  if ('problem' in parsed) throw new Error(parsed.problem.message);
  return checkNginxRules(parsed.statements, options).map(
    ({ rule, message, line }) => `${line} ${rule}: ${message}`,
  );
}

/** The gateway's conf with one thing changed. */
function changed(from: string, to: string): string {
  expect(gateway.split(from)).toHaveLength(2);
  return gateway.replace(from, to);
}

describe('a good conf', () => {
  test('is canonical, and has no problem and no finding', () => {
    const parsed = parseConf(gateway);
    const statements = 'statements' in parsed ? parsed.statements : [];
    expect(printConf(statements)).toBe(gateway);
    expect(checkNginxConf(statements, debian12)).toEqual([]);
    expect(found(gateway)).toEqual([]);
  });

  test('needs less where nginx does more by itself', () => {
    const modern = gateway
      .replaceAll(' ssl http2', ' ssl')
      .replace('    keepalive 64;\n', '')
      .replace('    proxy_http_version 1.1;\n', '')
      .replace('    proxy_set_header Connection "";\n', '')
      .replace('TLSv1.3 TLSv1.2', 'TLSv1.3')
      .replace('X25519:prime256v1', 'X25519MLKEM768:X25519');
    expect(found(modern, { file: 'http', nginx: '1.30.0', openssl: '3.5' })).toEqual([]);
    expect(found(modern)).not.toEqual([]);
  });
});

const certificate = '    ssl_certificate /etc';
const upload = '        client_max_body_size 50m;\n        proxy_request_buffering off;\n';
const small = '    location = /function/small {\n';
const office = '        allow 192.0.2.0/24;\n        deny all;\n';

const bad: readonly [rule: string, says: string, text: string][] = [
  [
    'defined-once',
    'the zone "shop_req"',
    changed('limit_conn_zone $shop_client zone=shop_conn', 'limit_conn_zone $shop_client zone=shop_req'),
  ],
  [
    'defined-once',
    'the zone "shop_tls"',
    changed(
      '1d;\n    ssl_session_cache shared:shop_tls:10m',
      '1d;\n    ssl_session_cache shared:shop_tls:20m',
    ),
  ],
  [
    'defined-once',
    'the variable "shop_client" is defined already in line 9',
    changed('geo $shop_office', 'geo $shop_client'),
  ],
  [
    'defined-and-used',
    'the zone "shop_req" is used nowhere',
    changed('    limit_req zone=shop_req burst=20 nodelay;\n', ''),
  ],
  [
    'defined-and-used',
    'the zone "other" is not defined',
    changed('limit_conn shop_conn', 'limit_conn other'),
  ],
  [
    'defined-and-used',
    'the upstream "shop" is not defined',
    changed(`${office}        proxy_pass http://shop_gateway`, `${office}        proxy_pass http://shop`),
  ],
  [
    'defined-and-used',
    'the upstream "localhost" is not defined',
    changed(
      `${office}        proxy_pass http://shop_gateway`,
      `${office}        proxy_pass http://localhost:8080`,
    ),
  ],
  ['defined-and-used', 'the variable "shop_office" is used nowhere', changed(',"office":$shop_office', '')],
  ['defined-and-used', 'the variable "net" is not defined', changed('$net6;', '$net;')],
  ['defined-and-used', 'the log format "other" is not defined', changed('log shop_json', 'log other')],
  [
    'defined-and-used',
    'the location "@shop_429" is used nowhere',
    changed('    error_page 429 @shop_429;\n', ''),
  ],
  ['defined-and-used', 'the location "@other" is not defined', changed('429 @shop_429', '429 @other')],
  [
    'listen-pairs',
    'listens on *:80 and not, in the same way, on [::]:80',
    changed('    listen [::]:80;\n', ''),
  ],
  ['listen-pairs', 'listens on [::]:443', changed('    listen 443 ssl http2;\n', '')],
  ['listen-pairs', 'on [::]:443', changed('listen [::]:443 ssl http2;', 'listen [::]:443 ssl;')],
  [
    'one-default-server',
    '2 servers listen on *:80, and none of them',
    changed('listen 80 default_server', 'listen 80'),
  ],
  [
    'one-default-server',
    '2 of them are',
    changed('listen [::]:443 ssl http2;', 'listen [::]:443 ssl http2 default_server;'),
  ],
  ['protocols-agree', 'default server of *:443', changed('TLSv1.3 TLSv1.2', 'TLSv1.3')],
  ['misdirected-answered', '421', changed('return 421', 'return 404')],
  [
    'body-in-memory',
    'bodies up to 50m would be written to disk behind a buffer of 1032k',
    changed('        proxy_request_buffering off;\n', ''),
  ],
  [
    'body-in-memory',
    'bodies up to 1m would be written to disk behind a buffer of 1m',
    changed('1032k', '1m'),
  ],
  ['body-in-memory', 'behind a buffer of 8k', changed('    client_body_buffer_size 1032k;\n', '')],
  ['body-in-memory', 'bodies of any size', changed(upload, '        client_max_body_size 0;\n')],
  [
    'buffer-relations',
    'smaller than one of the buffers',
    changed('proxy_busy_buffers_size 32k', 'proxy_busy_buffers_size 16k'),
  ],
  ['buffer-relations', 'leaves none', changed('proxy_busy_buffers_size 32k', 'proxy_busy_buffers_size 128k')],
  ['buffer-relations', 'leaves none', changed('proxy_buffers 8 16k', 'proxy_buffers 2 16k')],
  ['buffer-relations', 'at least 2', changed('proxy_buffers 8 16k', 'proxy_buffers 1 64k')],
  [
    'buffer-relations',
    'proxy_max_temp_file_size',
    changed('proxy_max_temp_file_size 0', 'proxy_max_temp_file_size 16k'),
  ],
  ['timeouts-positive', 'proxy_read_timeout 0s', changed('proxy_read_timeout 65s', 'proxy_read_timeout 0s')],
  ['timeouts-positive', 'keepalive_timeout 0', changed('keepalive_timeout 50s', 'keepalive_timeout 0')],
  ['connections-kept', 'keeps no connections', changed('    keepalive 64;\n', '')],
  ['connections-kept', 'closes after each request', changed('    proxy_http_version 1.1;\n', '')],
  ['connections-kept', 'closes after each request', changed('    proxy_set_header Connection "";\n', '')],
  ['connections-kept', 'closes after each request', changed('Connection ""', 'Connection close')],
  [
    'header-sets',
    'drops Strict-Transport-Security',
    changed('        add_header strict-transport-security max-age=63072000 always;\n', ''),
  ],
  [
    'header-sets',
    'proxy_set_header here drops Host, Connection',
    changed(small, `${small}        proxy_set_header X-A b;\n`),
  ],
  ['host-matched', '$http_host', changed('Host $host', 'Host $http_host')],
  ['no-splitting', '$uri', changed('example.no$request_uri', 'example.no$uri')],
  [
    'no-splitting',
    'document_uri',
    changed(
      `${office}        proxy_pass http://shop_gateway`,
      `${office}        proxy_pass http://shop_gateway\${document_uri}`,
    ),
  ],
  [
    'plain-locations',
    'regular expressions',
    changed('location = /function/small', 'location ~ /function/small'),
  ],
  ['plain-locations', '"rewrite"', changed(certificate, `    rewrite ^/a /b;\n${certificate}`)],
  ['plain-locations', '"alias"', changed('        deny all;\n', '        deny all;\n        alias /srv/;\n')],
  ['limit-conn-range', '65535', changed('shop_conn 100', 'shop_conn 65536')],
  ['limit-conn-range', '65535', changed('shop_conn 100', 'shop_conn 0')],
  ['access-complete', '"allow" without "deny all"', changed('        deny all;\n', '')],
  [
    'access-complete',
    '"return" answers before',
    changed('        deny all;\n', '        deny all;\n        return 404;\n'),
  ],
  [
    'status-private',
    'open to everybody',
    changed('listen 127.0.0.1:9113', 'listen 9113;\n    listen [::]:9113'),
  ],
  ['real-ip-trusted', 'without set_real_ip_from', changed('    set_real_ip_from 203.0.113.0/24;\n', '')],
  ['real-ip-trusted', 'lets anybody', changed('203.0.113.0/24', '0.0.0.0/0')],
  ['no-stapling', 'nothing to staple', changed(certificate, `    ssl_stapling on;\n${certificate}`)],
  ['curves-known', 'OpenSSL 3.0', changed('X25519:', 'X25519MLKEM768:')],
  [
    'names-fit',
    'needs a server_names_hash_bucket_size of 128, and it is 64',
    changed(
      '443 ssl http2;\n    server_name functions.example.no',
      `443 ssl http2;\n    server_name ${'a'.repeat(44)}.no`,
    ),
  ],
  [
    'names-fit',
    'needs a map_hash_bucket_size of 128, and it is 64',
    changed('    default $binary_remote_addr;', `    default $binary_remote_addr;\n    ${'a'.repeat(47)} 1;`),
  ],
  ['left-to-package', '"server_tokens"', `server_tokens off;\n${gateway}`],
];

describe('one thing wrong is found', () => {
  test.each(bad)('%s: %s', (rule, says, text) => {
    const findings = found(text).filter((line) => line.includes(says));
    expect(findings).not.toEqual([]);
    for (const line of findings) expect(line).toMatch(new RegExp(`^\\d+ ${rule}: `));
  });

  test('current-forms: http2 in listen, from 1.25.1 on', () => {
    const findings = found(gateway, { file: 'http', nginx: '1.26.3', openssl: '3.5' });
    expect(findings).toHaveLength(4);
    expect(findings[0]).toMatch(/^\d+ current-forms: "listen … http2" is "http2 on" since nginx 1\.25\.1$/);
  });

  test('descriptors-suffice: in the whole nginx.conf', () => {
    const main = (limit: string) =>
      `${limit}events {\n    worker_connections 768;\n}\nhttp {\n    server_tokens off;\n}\n`;
    const options = { ...debian12, file: 'main' } as const;
    expect(found(main(''), options)).toEqual([
      '2 descriptors-suffice: worker_connections 768: worker_rlimit_nofile is 1024, less than twice as many',
    ]);
    expect(found(main('worker_rlimit_nofile 1536;\n'), options)).toEqual([]);
  });

  test('every rule is tried', () => {
    const tried = new Set([...bad.map(([rule]) => rule), 'current-forms', 'descriptors-suffice']);
    expect([...tried].sort()).toEqual(nginxRules.map(({ name }) => name).sort());
  });
});
