import { directive } from '../nginx/directive.ts';

/** One line of JSON per request. Its `id` is the X-Call-Id that the gateway and the function get. */
export const logFormat = directive(
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
    ['refused', '$openfaas_path_refused'],
    ['agent', '$http_user_agent'],
  ]
    .map(([key, variable]) => `"${key}":"${variable}"`)
    .join(',')}}`,
);
