import { block, comment, directive, type Statement } from '../../nginx/directive.ts';
import { otherPlaces } from '../../platform/nodes/places.ts';
import type { Platform } from '../../platform/platform.ts';

/**
 * Characters that JSON does not escape. Escapes would let a client fill logs cheaply: a control character takes six bytes
 * of a line, a quote or backslash two, and HTTP/2's header tables repeat a value for one byte. A value is cut before the
 * first character that needs an escape.
 */
const plain = '\\x20\\x21\\x23-\\x5b\\x5d-\\x7e';

/** Statuses with which nginx itself refuses requests that are invalid or exceed a limit. */
const refusals = ['~^4', '503'];

/** For one refusal in so many to be logged: how its id, 32 random hexadecimal digits, must begin. */
const sampled: Readonly<Record<number, string>> = {
  4: '~^[0-3]',
  16: '~^0',
  64: '~^0[0-3]',
  256: '~^00',
};

/** Length-limited values for a log line, and the choice of requests to log. */
export function logMaps({ logs }: Platform): Statement[] {
  return [
    comment('A log line has at most 1,024 bytes, whatever a client sends.'),
    first('$request_uri', 'uri', `^([\\x21\\x23-\\x3e\\x40-\\x5b\\x5d-\\x7e]{1,240})`),
    first('$http_user_agent', 'agent', `^([${plain}]{1,100})`),
    first('$upstream_response_time', 'wait', '([0-9.]{1,12})$'),
    first('$upstream_status', 'upstream', '([0-9]{3})$'),
    block(
      'map',
      ['$request_method', '$openfaas_log_method'],
      [
        directive('default', 'other'),
        ...['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'].map((name) => directive(name, name)),
      ],
    ),
    ...sampling(logs.refused),
  ];
}

/** The part of a value in a pattern's only group. It can only be used as a whole value, not inside a text. */
function first(value: string, name: string, pattern: string): Statement {
  return block(
    'map',
    [value, `$openfaas_log_${name}`],
    [
      directive('default', ''),
      directive(`~${pattern.replace('(', `(?<openfaas_some_${name}>`)}`, `$openfaas_some_${name}`),
    ],
  );
}

/** Logs all requests that were answered from behind nginx; of those that nginx itself refuses, one in several. */
function sampling(refused: number): Statement[] {
  const entry = sampled[refused];
  const own = refusals.map((status) => directive(status, entry === undefined ? '1' : '$openfaas_log_sample'));
  const weights = refusals.map((status) => directive(status, String(refused)));
  const unlessAnswered = (name: string) =>
    block(
      'map',
      ['$upstream_status', `$openfaas_log_${name}`],
      [directive('default', '1'), directive('', `$openfaas_log_own_${name}`)],
    );
  return [
    ...(entry === undefined
      ? []
      : [
          block(
            'map',
            ['$request_id', '$openfaas_log_sample'],
            [directive('default', ''), directive(entry, '1')],
          ),
        ]),
    block('map', ['$status', '$openfaas_log_own_line'], [directive('default', '1'), ...own]),
    block('map', ['$status', '$openfaas_log_own_weight'], [directive('default', '1'), ...weights]),
    unlessAnswered('line'),
    unlessAnswered('weight'),
  ];
}

/** One line of JSON per request. Its `id` is the X-Call-Id that the gateway and the function get. */
export const logFormat = directive(
  'log_format',
  'openfaas_json',
  'escape=json',
  `{${[
    ['ts', '$time_iso8601'],
    ['id', '$request_id'],
    ['ip', '$remote_addr'],
    ['host', '$server_name'],
    ['method', '$openfaas_log_method'],
    ['uri', '$openfaas_log_uri'],
    ['proto', '$server_protocol'],
    ['tls', '$ssl_protocol'],
    ['status', '$status'],
    ['in', '$request_length'],
    ['out', '$body_bytes_sent'],
    ['time', '$request_time'],
    ['upstream_time', '$openfaas_log_wait'],
    ['upstream_status', '$openfaas_log_upstream'],
    ['limit', '$limit_req_status'],
    ['refused', '$openfaas_path_refused'],
    ['under_way', '$limit_conn_status'],
    ['weight', '$openfaas_log_weight'],
    ['agent', '$openfaas_log_agent'],
  ]
    .map(([key, variable]) => `"${key}":"${variable}"`)
    .join(',')}}`,
);

/** The access log of a server. */
export const accessLog = directive(
  'access_log',
  `${otherPlaces.nginxLogs}openfaas.access.log`,
  'openfaas_json',
  'buffer=64k',
  'flush=5s',
  'if=$openfaas_log_line',
);

/**
 * Errors go to the journal. It limits the lines per minute of nginx's unit and reports how many it dropped, so a flood
 * does not displace earlier lines.
 */
export function errorLog(level: 'error' | 'warn'): Statement {
  return directive('error_log', `syslog:server=unix:${otherPlaces.syslog},tag=nginx,nohostname`, level);
}
