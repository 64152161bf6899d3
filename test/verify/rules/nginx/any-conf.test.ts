import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Code } from '../../../../src/diagnostics/codes.ts';
import { parseConf } from '../../../../src/nginx/parse.ts';
import { printConf } from '../../../../src/nginx/print.ts';
import { checkNginxConf } from '../../../../src/verify/nginx/schema.ts';
import { brought, found } from './judge.ts';

/** Not one of ours: other names, other directives. */
const gateway = readFileSync(new URL('gateway.conf', import.meta.url), 'utf8');

/** What is found in a conf by rules that ask nothing of ours alone. */
const general = (findings: readonly string[]) => findings.filter((one) => asked.test(one));
const asked =
  /^verify\/(nginx-|listens|stranger|connection|gives-up|location|refuses-nobody|tls-of|certificate)/;

describe('a good conf', () => {
  test('is canonical, and breaks no rule that is not of our own confs', () => {
    const parsed = parseConf(gateway);
    const statements = 'statements' in parsed ? parsed.statements : [];
    expect(printConf(statements)).toBe(gateway);
    expect(checkNginxConf(statements, { file: 'http', nginx: '1.22.1' })).toEqual([]);
    expect(general(found(gateway))).toEqual([]);
  });

  test('needs less where nginx does more by itself', () => {
    const modern = gateway
      .replaceAll(' ssl http2', ' ssl')
      .replace('    keepalive 64;\n', '')
      .replace('    proxy_http_version 1.1;\n', '')
      .replace('    proxy_set_header Connection "";\n', '')
      .replace('TLSv1.3 TLSv1.2', 'TLSv1.3')
      .replace('X25519:prime256v1', 'X25519MLKEM768:X25519');
    expect(general(found(modern, { systems: ['debian-13'], packages: 'nginx.org-stable' }))).toEqual([]);
    expect(brought(gateway, modern)).toEqual(
      expect.arrayContaining([
        'verify/connection-per-call',
        'verify/tls-of-default-server',
        'verify/nginx-refuses',
      ]),
    );
  });
});

const certificate = '    ssl_certificate /etc';
const unbuffered = '        proxy_request_buffering off;\n';
const small = '    location = /function/small {\n';
const closed = '        deny all;\n';
const passing = `${closed}        proxy_pass http://shop_gateway`;

const bad: readonly [code: Code, from: string, to: string][] = [
  ['verify/nginx-name-twice', 'zone=shop_conn:10m', 'zone=shop_req:10m'],
  [
    'verify/nginx-name-twice',
    '1d;\n    ssl_session_cache shared:shop_tls:10m',
    '1d;\n    ssl_session_cache shared:shop_tls:20m',
  ],
  ['verify/nginx-name-twice', 'geo $shop_office', 'geo $shop_client'],
  ['verify/nginx-name-undefined', 'limit_conn shop_conn', 'limit_conn other'],
  ['verify/nginx-name-undefined', passing, `${closed}        proxy_pass http://shop`],
  ['verify/nginx-name-undefined', passing, `${closed}        proxy_pass http://localhost:8080`],
  ['verify/nginx-name-undefined', '$net6;', '$net;'],
  ['verify/nginx-name-undefined', 'log shop_json', 'log other'],
  ['verify/nginx-name-undefined', '429 @shop_429', '429 @other'],
  ['verify/listens-on-one-family', '    listen [::]:80;\n', ''],
  ['verify/listens-on-one-family', '    listen 443 ssl http2;\n', ''],
  ['verify/listens-on-one-family', 'listen [::]:443 ssl http2;', 'listen [::]:443 ssl;'],
  ['verify/stranger-answered', 'listen 80 default_server', 'listen 80'],
  ['verify/stranger-answered', 'return 421', 'return 404'],
  ['verify/stranger-answered', 'return 444', 'return 404'],
  ['verify/nginx-refuses', 'listen [::]:443 ssl http2;', 'listen [::]:443 ssl http2 default_server;'],
  ['verify/nginx-refuses', 'shop_conn 100', 'shop_conn 65536'],
  ['verify/nginx-refuses', 'shop_conn 100', 'shop_conn 0'],
  ['verify/nginx-refuses', 'X25519:', 'X25519MLKEM768:'],
  ['verify/nginx-refuses', '# A gateway with', 'server_tokens off;\n# A gateway with'],
  ['verify/tls-of-default-server', 'TLSv1.3 TLSv1.2', 'TLSv1.3'],
  ['verify/written-to-disk', unbuffered, ''],
  ['verify/written-to-disk', '1032k', '1m'],
  ['verify/written-to-disk', '    client_body_buffer_size 1032k;\n', ''],
  ['verify/written-to-disk', `50m;\n${unbuffered}`, '0;\n'],
  ['verify/nginx-size-too-small', 'proxy_busy_buffers_size 32k', 'proxy_busy_buffers_size 16k'],
  ['verify/nginx-size-too-small', 'proxy_busy_buffers_size 32k', 'proxy_busy_buffers_size 128k'],
  ['verify/nginx-size-too-small', 'proxy_buffers 8 16k', 'proxy_buffers 2 16k'],
  ['verify/nginx-size-too-small', 'proxy_buffers 8 16k', 'proxy_buffers 1 64k'],
  ['verify/nginx-size-too-small', 'proxy_max_temp_file_size 0', 'proxy_max_temp_file_size 16k'],
  [
    'verify/nginx-size-too-small',
    'http2;\n    server_name functions.example.no',
    `http2;\n    server_name ${'a'.repeat(44)}.no`,
  ],
  [
    'verify/nginx-size-too-small',
    '    default $binary_remote_addr;',
    `    default $binary_remote_addr;\n    ${'a'.repeat(47)} 1;`,
  ],
  ['verify/gives-up-at-once', 'proxy_read_timeout 65s', 'proxy_read_timeout 0s'],
  ['verify/gives-up-at-once', 'keepalive_timeout 50s', 'keepalive_timeout 0'],
  ['verify/connection-per-call', '    keepalive 64;\n', ''],
  ['verify/connection-per-call', '    proxy_http_version 1.1;\n', ''],
  ['verify/connection-per-call', '    proxy_set_header Connection "";\n', ''],
  ['verify/connection-per-call', 'Connection ""', 'Connection close'],
  ['verify/hsts-missing', '        add_header strict-transport-security max-age=63072000 always;\n', ''],
  ['verify/header-not-vouched', small, `${small}        proxy_set_header X-A b;\n`],
  ['verify/header-not-vouched', 'Host $host', 'Host $http_host'],
  ['verify/directive-not-ours', 'example.no$request_uri', 'example.no$uri'],
  ['verify/directive-not-ours', passing, `${passing}\${document_uri}`],
  ['verify/location-not-plain', 'location = /function/small', 'location ~ /function/small'],
  ['verify/location-not-plain', certificate, `    rewrite ^/a /b;\n${certificate}`],
  ['verify/location-not-plain', closed, `${closed}        alias /srv/;\n`],
  ['verify/refuses-nobody', closed, ''],
  ['verify/answered-before-guards', closed, `${closed}        return 404;\n`],
  ['verify/directive-not-ours', '203.0.113.0/24', '0.0.0.0/0'],
  ['verify/directive-not-ours', certificate, `    ssl_stapling on;\n${certificate}`],
];

describe('one thing wrong is found', () => {
  test.each(bad)('%s: %s', (code, from, to) => {
    expect(gateway.split(from)).toHaveLength(2);
    expect(
      brought(
        gateway,
        gateway.replace(from, () => to),
      ),
    ).toContain(code);
  });

  test('at its line', () => {
    const listening = found(gateway.replace('    listen [::]:80;\n', ''));
    expect(listening).toContain(
      'verify/listens-on-one-family: nginx listens on *:80, but not in the same way on [::]:80 (45)',
    );
  });

  test('an outdated form, where no nginx that reads the conf needs it', () => {
    const outdated = (systems: readonly ('debian-12' | 'debian-13')[]) =>
      found(gateway, { systems }).filter((one) => one.startsWith('verify/nginx-form-outdated'));
    expect(outdated(['debian-13'])).toHaveLength(4);
    expect(outdated(['debian-12', 'debian-13'])).toEqual([]);
  });
});
