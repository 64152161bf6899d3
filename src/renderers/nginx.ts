import type { Artifact } from '../artifacts/artifact.ts';
import { blank, block, comment, directive, type Statement } from '../nginx/directive.ts';
import { printConf } from '../nginx/print.ts';
import type { Platform } from '../platform/platform.ts';
import { nginxAsync } from './nginx-async.ts';
import { directUpstreams } from './nginx-direct.ts';
import { nginxFunctions } from './nginx-functions.ts';
import { proxySettings } from './nginx-proxy.ts';
import { nginxCatchAll, nginxListen, nginxTls } from './nginx-servers.ts';
import type { Renderer } from './renderer.ts';
import { tlsDirectory } from './tls.ts';

/** Where the conf lands on a node: in the http block of the OS's own nginx.conf. */
export const nginxConfPath = '/etc/nginx/conf.d/openfaas.conf';

const hsts = directive('add_header', 'Strict-Transport-Security', 'max-age=63072000', 'always');

/** The conf of nginx in front of the gateway. */
export const renderNginx: Renderer = ({ platform, marker }): Artifact[] => [
  {
    path: 'nginx/openfaas.conf',
    kind: 'nginx',
    text: printConf(conf(platform, marker)),
    source: ['gateway'],
  },
];

function conf(platform: Platform, marker: string): Statement[] {
  return [
    comment(marker),
    blank(),
    ...upstream(platform),
    ...directUpstreams(platform),
    blank(),
    ...clients(platform),
    blank(),
    logFormat,
    blank(),
    comment('Unknown names get nothing.'),
    ...nginxCatchAll(platform),
    blank(),
    comment('Port 80: challenges of the certificate authority; everything else moves to https.'),
    redirectServer(platform),
    blank(),
    functionsServer(platform),
  ];
}

function upstream({ openfaas, timeouts }: Platform): Statement[] {
  return [
    block(
      'upstream',
      ['openfaas_gateway'],
      [
        comment('One server, so it is never marked down.'),
        directive('server', `${openfaas.address}:${openfaas.port}`, 'max_fails=0'),
        directive('keepalive', '256'),
        directive('keepalive_requests', '10000'),
        comment("Shorter than the gateway's, which closes idle connections after its read_timeout."),
        directive('keepalive_timeout', `${Math.max(1, Math.floor(timeouts.gateway / 1000) - 5)}s`),
      ],
    ),
  ];
}

/** A client is an IPv4 address or the /64 of an IPv6 address: one machine has a whole /64 to itself. */
function clients({ gateway }: Platform): Statement[] {
  return [
    comment('A client: an IPv4 address, or the /64 of an IPv6 address.'),
    block(
      'map',
      ['$binary_remote_addr', '$openfaas_client'],
      [directive('default', '$binary_remote_addr'), directive('~(?s)^(?<v6net>.{8}).{8}$', '$v6net')],
    ),
    directive(
      'limit_req_zone',
      '$openfaas_client',
      'zone=openfaas_req:10m',
      `rate=${gateway.rateLimit.rate}`,
    ),
    directive('limit_conn_zone', '$openfaas_client', 'zone=openfaas_conn:10m'),
  ];
}

const logFormat = directive(
  'log_format',
  'openfaas_json',
  'escape=json',
  `{${[
    ['ts', '$time_iso8601'],
    ['id', '$request_id'],
    ['ip', '$remote_addr'],
    ['host', '$host'],
    ['method', '$request_method'],
    ['uri', '$uri'],
    ['proto', '$server_protocol'],
    ['tls', '$ssl_protocol'],
    ['status', '$status'],
    ['in', '$request_length'],
    ['out', '$body_bytes_sent'],
    ['time', '$request_time'],
    ['upstream_time', '$upstream_response_time'],
    ['upstream_status', '$upstream_status'],
    ['limit', '$limit_req_status'],
    ['agent', '$http_user_agent'],
  ]
    .map(([key, variable]) => `"${key}":"${variable}"`)
    .join(',')}}`,
);

function redirectServer({ domain }: Platform): Statement {
  return block(
    'server',
    [],
    [
      directive('listen', '80'),
      directive('listen', '[::]:80'),
      directive('server_name', domain),
      directive('server_tokens', 'off'),
      directive('access_log', 'off'),
      block(
        'location',
        ['^~', '/.well-known/acme-challenge/'],
        [
          directive('root', '/var/www/letsencrypt'),
          directive('default_type', 'text/plain'),
          directive('try_files', '$uri', '=404'),
        ],
      ),
      block(
        'location',
        ['/'],
        [
          comment('308 keeps a POST a POST; the literal name, since a Host header can say anything.'),
          directive('return', '308', `https://${domain}$request_uri`),
        ],
      ),
    ],
  );
}

function functionsServer(platform: Platform): Statement {
  const { domain, gateway } = platform;
  const limits = [
    directive('limit_req', 'zone=openfaas_req', `burst=${gateway.rateLimit.burst}`, 'nodelay'),
    directive('limit_req_status', '429'),
    directive('limit_req_log_level', 'notice'),
    directive('limit_conn', 'openfaas_conn', String(gateway.connectionLimit)),
    directive('limit_conn_status', '429'),
    directive('limit_conn_log_level', 'notice'),
    directive('error_page', '429', '@openfaas_429'),
    block(
      'location',
      ['@openfaas_429'],
      [
        directive('internal'),
        directive('default_type', 'application/json'),
        directive('add_header', 'Retry-After', '1', 'always'),
        comment('A location with an add_header of its own loses those above.'),
        hsts,
        directive('return', '429', '{"error":"too many requests"}\n'),
      ],
    ),
  ];
  return block(
    'server',
    [],
    [
      ...nginxListen(platform),
      directive('server_name', domain),
      directive('server_tokens', 'off'),
      blank(),
      directive('ssl_certificate', `${tlsDirectory(domain)}/fullchain.pem`),
      directive('ssl_certificate_key', `${tlsDirectory(domain)}/privkey.pem`),
      ...nginxTls(platform),
      hsts,
      blank(),
      directive(
        'access_log',
        '/var/log/nginx/openfaas.access.log',
        'openfaas_json',
        'buffer=64k',
        'flush=5s',
      ),
      directive('error_log', '/var/log/nginx/openfaas.error.log', 'warn'),
      blank(),
      ...limits,
      blank(),
      directive('client_header_timeout', '10s'),
      directive('client_body_timeout', '30s'),
      directive('send_timeout', '30s'),
      directive('keepalive_timeout', '75s'),
      directive('large_client_header_buffers', '4', '16k'),
      blank(),
      ...proxySettings(platform),
      blank(),
      comment('Only declared functions are reachable: no /system, no UI, no alias of a name.'),
      ...nginxFunctions(platform),
      ...nginxAsync(platform),
      block(
        'location',
        ['=', '/healthz'],
        [
          block('limit_except', ['GET'], [directive('deny', 'all')]),
          directive('proxy_pass', 'http://openfaas_gateway'),
        ],
      ),
      block('location', ['/'], [directive('return', '404')]),
    ],
  );
}
