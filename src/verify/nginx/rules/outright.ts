import { inherited, own, type Scope } from '../../../nginx/scope.ts';
import { atLeast } from '../../../nginx/versions.ts';
import { parseDuration } from '../../../units/amounts.ts';
import { listeners } from './listeners.ts';
import { type Finding, finding, heading, type NginxRule } from './nginx-rule.ts';

/** A directive that must hold somewhere, and how its arguments, joined, must read. */
type Demand = readonly [directive: string, value: RegExp];

const someTime = /^[1-9]\d*(ms|s|m|h|d)?$/;

/** Of every server. */
const server: readonly Demand[] = [
  ['server_tokens', /^off$/],
  ['server_name', /^\S+$/],
];

/** Of every server that speaks TLS: Mozilla's guideline, in either of its profiles. */
const tls: readonly Demand[] = [
  ['ssl_protocols', /^(TLSv1\.2 )?TLSv1\.3$/],
  ['ssl_prefer_server_ciphers', /^off$/],
  ['ssl_ecdh_curve', /^(X25519MLKEM768:)?X25519:prime256v1:secp384r1$/],
  ['ssl_session_timeout', someTime],
  ['ssl_session_cache', /^shared:/],
];

/** Where a request goes on: what a client may send, for how long each side is waited for, and how it is passed on. */
const proxied: readonly Demand[] = [
  ['client_max_body_size', /^[1-9]\d*[kmg]?$/],
  ['client_body_buffer_size', /^[1-9]\d*[km]?$/],
  ['client_header_timeout', someTime],
  ['client_body_timeout', someTime],
  ['send_timeout', someTime],
  ['large_client_header_buffers', /^[1-9] [1-9]\d?k$/],
  ['limit_req', /^zone=/],
  ['limit_req_status', /^429$/],
  ['limit_req_log_level', /^notice$/],
  ['limit_conn', /^\S+ [1-9]\d*$/],
  ['limit_conn_status', /^503$/],
  ['limit_conn_log_level', /^notice$/],
  ['proxy_http_version', /^1\.1$/],
  ['proxy_connect_timeout', someTime],
  ['proxy_send_timeout', someTime],
  ['proxy_read_timeout', someTime],
  ['proxy_redirect', /^off$/],
  ['proxy_buffer_size', /^[1-9]\d*[km]$/],
  ['proxy_buffers', /^[1-9]\d* [1-9]\d*[km]$/],
  ['proxy_max_temp_file_size', /^0$/],
];

/** What is left to nginx' defaults changes with its version and with what a package says: our confs say it outright. */
export const saidOutright: NginxRule = {
  name: 'said-outright',
  check: (scopes, { file, nginx }) => {
    // Later ones change the tickets' keys by themselves.
    const withTickets: readonly Demand[] = atLeast(nginx, '1.23.2') ? [] : [['ssl_session_tickets', /^off$/]];
    const secure = new Set(
      listeners(scopes)
        .filter(({ words }) => words.includes('ssl'))
        .map((listener) => listener.server),
    );
    if (file === 'main') return [];
    return scopes.flatMap((scope) => [
      ...(scope.name === 'server' ? unmet(scope, server) : []),
      ...(secure.has(scope) ? [...unmet(scope, [...tls, ...withTickets]), ...ciphers(scope)] : []),
      ...(own(scope, 'proxy_pass').length > 0 && secure.size > 0 ? unmet(scope, proxied) : []),
    ]);
  },
};

function unmet(scope: Scope, demands: readonly Demand[]): Finding[] {
  return demands.flatMap(([name, value]) => {
    const said = inherited(scope, name);
    const [first] = said;
    if (first === undefined) return [finding(`"${name}" is not said for this ${scope.name}`, scope.head)];
    return said
      .filter(({ args }) => !value.test(args.join(' ')))
      .map((directive) => finding(`${heading(directive)}: not what our confs say`, directive));
  });
}

/** TLS 1.2 is for ciphers with forward secrecy and authentication; TLS 1.3 has no others. */
function ciphers(scope: Scope): Finding[] {
  const old = inherited(scope, 'ssl_protocols').some(({ args }) => args.includes('TLSv1.2'));
  const [said] = inherited(scope, 'ssl_ciphers');
  if (!old) return [];
  if (said === undefined) return [finding('TLS 1.2 without "ssl_ciphers" takes any', scope.head)];
  const weak = (said.args[0] ?? '')
    .split(':')
    .filter(
      (name) => !/^ECDHE-(ECDSA|RSA)-(AES(128-GCM-SHA256|256-GCM-SHA384)|CHACHA20-POLY1305)$/.test(name),
    );
  return weak.map((name) => finding(`"${name}" is none of the ciphers that TLS 1.2 should have`, said));
}

/** nginx gives up sending as late as it gives up waiting: both are for one call. */
export const waitsAgree: NginxRule = {
  name: 'waits-agree',
  check: (scopes) =>
    scopes.flatMap((scope) => {
      const [send] = own(scope, 'proxy_send_timeout');
      const [read] = own(scope, 'proxy_read_timeout');
      if (send?.args[0] === read?.args[0]) return [];
      return [finding('proxy_send_timeout and proxy_read_timeout are not the same here', send ?? read)];
    }),
};

/** Who waits for nothing is soon sent away; the longest that a client may take is no more than minutes. */
export const clientsHurried: NginxRule = {
  name: 'clients-hurried',
  check: (scopes) =>
    scopes.flatMap(({ directives }) =>
      directives
        .filter(({ directive }) =>
          ['client_header_timeout', 'client_body_timeout', 'send_timeout', 'proxy_connect_timeout'].includes(
            directive,
          ),
        )
        .filter(({ args: [time = ''] }) => /^\d+(ms|s|m|h)$/.test(time) && parseDuration(time) > 120_000)
        .map((directive) =>
          finding(`${heading(directive)}: a client could hold a connection forever`, directive),
        ),
    ),
};
