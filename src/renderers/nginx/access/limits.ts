import { block, comment, directive, type Statement } from '../../../nginx/directive.ts';
import type { PlatformFunction } from '../../../platform/functions/function.ts';
import type { Outsiders } from '../../../platform/gateway/insiders.ts';
import type { RateLimit } from '../../../platform/gateway/rate-limit.ts';
import type { Platform } from '../../../platform/platform.ts';
import { inVariable, said } from '../text.ts';
import { hasCors } from './cors.ts';

const sharedZone = 'openfaas_req';
const requestZone = 'openfaas_requests';

/** The key of a client, and the shared memory in which clients are counted. */
export function clientZones({ gateway, functions }: Platform): Statement[] {
  const apart = hasCors(functions);
  const caller = apart ? '$openfaas_caller' : '$openfaas_client';
  return [
    comment('A client is an IPv4 address, or the network of an IPv6 address. An empty key is not limited.'),
    ...clientKey(gateway.ipv6Prefix, gateway.exempt),
    ...(apart ? callerKey : []),
    zone(caller, sharedZone, gateway.rateLimit),
    ...functions.flatMap((fn) =>
      fn.http.rateLimit === undefined ? [] : [zone(caller, zoneOf(fn), fn.http.rateLimit)],
    ),
    directive('limit_conn_zone', '$openfaas_client', 'zone=openfaas_conn:10m'),
    comment('One counter for all clients.'),
    directive('limit_conn_zone', 'all', `zone=${requestZone}:64k`),
  ];
}

function clientKey(ipv6Prefix: number, { networks, except }: Outsiders): Statement[] {
  const bytes = ipv6Prefix / 8;
  const variable = networks.length === 0 ? '$openfaas_client' : '$openfaas_address';
  const address = block(
    'map',
    ['$binary_remote_addr', variable],
    [
      directive('default', '$binary_remote_addr'),
      directive(`~(?s)^(?<v6net>.{${bytes}}).{${16 - bytes}}$`, '$v6net'),
    ],
  );
  if (networks.length === 0) return [address];
  return [
    address,
    block(
      'geo',
      ['$openfaas_exempt'],
      [
        directive('default', '0'),
        ...networks.map((network) => directive(said(network), '1')),
        ...(except.length === 0 ? [] : [comment('Never pods. The smaller network wins.')]),
        ...except.map((network) => directive(network, '0')),
      ],
    ),
    block(
      'map',
      ['$openfaas_exempt', '$openfaas_client'],
      [directive('default', '$openfaas_address'), directive('1', '')],
    ),
  ];
}

/**
 * A browser asks before a call of another site, so each call would take two of the caller's rate. What it asks has the
 * same limits as its calls, but in a count of its own. `$openfaas_asks` is set where nginx itself answers OPTIONS: by the
 * server and taken back by locations, because nginx skips a location's own `set` where `limit_except` refuses.
 */
const callerKey: readonly Statement[] = [
  comment('CORS preflights of a client have a count of their own.'),
  block(
    'map',
    ['$request_method', '$openfaas_preflight'],
    [directive('default', ''), directive('OPTIONS', 'preflight')],
  ),
  block(
    'map',
    ['$openfaas_client', '$openfaas_caller'],
    [directive('default', '$openfaas_asks$openfaas_client'), directive('', '')],
  ),
  directive('uninitialized_variable_warn', 'off'),
];

function zone(key: string, name: string, { rate }: RateLimit): Statement {
  return directive('limit_req_zone', key, `zone=${name}:10m`, `rate=${said(rate)}`);
}

function zoneOf({ name }: PlatformFunction): string {
  return `${sharedZone}_${inVariable(name)}`;
}

/**
 * The limits for every request of a server: the rate, and the number of concurrent requests per client and in total.
 * nginx has only one status for both limits of concurrent requests.
 */
export function limitSettings(
  { gateway }: Platform,
  { tooMany, underWay } = { tooMany: 429, underWay: 503 },
): Statement[] {
  return [
    limitRequests(sharedZone, gateway.rateLimit),
    ...refusals(tooMany),
    directive('limit_conn', 'openfaas_conn', String(gateway.connectionLimit)),
    directive('limit_conn', requestZone, String(gateway.requests)),
    directive('limit_conn_status', String(underWay)),
    directive('limit_conn_log_level', 'notice'),
  ];
}

function refusals(status = 429): Statement[] {
  return [directive('limit_req_status', String(status)), directive('limit_req_log_level', 'notice')];
}

/**
 * The limit for requests that are refused before a location is chosen. They are never delayed, because nginx may not have
 * read the whole request yet, and would not wake up again.
 */
export function refusalLimit({ gateway }: Platform): Statement[] {
  const { burst } = gateway.rateLimit;
  return [limitRequests(sharedZone, { ...gateway.rateLimit, delay: burst }), ...refusals()];
}

/** A function's own limit, which replaces the server's. */
export function functionLimit(fn: PlatformFunction): Statement[] {
  return fn.http.rateLimit === undefined ? [] : [limitRequests(zoneOf(fn), fn.http.rateLimit)];
}

function limitRequests(zone: string, { burst, delay }: RateLimit): Statement {
  const words = [
    ...(burst === 0 ? [] : [`burst=${burst}`]),
    ...(delay === 0 || burst === 0 ? [] : delay === burst ? ['nodelay'] : [`delay=${delay}`]),
  ];
  return directive('limit_req', `zone=${zone}`, ...words);
}
