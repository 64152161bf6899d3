import { blank, block, comment, directive, type Statement } from '../../nginx/directive.ts';
import type { PlatformFunction } from '../../platform/functions/function.ts';
import { endsAtBalancer } from '../../platform/gateway/balancer.ts';
import { headerBuffers } from '../../platform/gateway/memory.ts';
import type { Redirect } from '../../platform/gateway/redirects.ts';
import type { Platform } from '../../platform/platform.ts';
import { formatSize } from '../../units/amounts.ts';
import { adminLocations } from './access/admin.ts';
import { authLocations, authServerSettings } from './access/auth.ts';
import { corsLocations, countPreflights } from './access/cors.ts';
import { limitSettings } from './access/limits.ts';
import { countedAnswer, countedStatus } from './answers/counted-answers.ts';
import { serverErrors } from './answers/errors.ts';
import { domainLocation, functionLocations } from './functions.ts';
import { repeatedHeaders, standingHeaders } from './headers.ts';
import { listenOn } from './listen.ts';
import { accessLog, errorLog } from './log.ts';
import { refusePaths } from './paths.ts';
import { said } from './text.ts';
import { httpsLocations, leadToHttps, refuseStrangers } from './tls/balancer.ts';
import { challengeBodies, challengeLocations } from './tls/challenges.ts';
import { backlog, certificateSettings, listenTls, tlsSettings } from './tls/tls.ts';
import { nginxAsync } from './upstreams/async.ts';
import { refuseCallbacks } from './upstreams/callbacks.ts';
import { proxySettings } from './upstreams/proxy.ts';

/** The time that a client has to send its request headers. */
const requestWait = '10s';

/** The default server's value applies until the client has named a server: to its handshake and first request. */
const patience = [directive('client_header_timeout', requestWait)];

const headerSizes = directive(
  'large_client_header_buffers',
  String(headerBuffers.count),
  formatSize(headerBuffers.size),
);

/** Servers for all other names. They reveal neither a page nor a certificate. */
export function catchAllServers(platform: Platform): Statement[] {
  return [
    block(
      'server',
      [],
      [
        ...listenOn(platform, 80, 'default_server', backlog(platform)),
        directive('server_name', '_'),
        directive('server_tokens', 'off'),
        ...patience,
        directive('access_log', 'off'),
        ...limitSettings(platform, { tooMany: 444, underWay: 444 }),
        ...unnamedSettings(platform),
        ...healthLocation(platform),
        block('location', ['/'], [countedStatus(444)]),
      ],
    ),
    ...(endsAtBalancer(platform.gateway) ? [] : [unknownTlsServer(platform)]),
  ];
}

/** Until a client of plain HTTP has named a server, the default server's settings apply to it. */
function unnamedSettings(platform: Platform): Statement[] {
  return endsAtBalancer(platform.gateway) ? [...refuseStrangers(platform), headerSizes] : [];
}

function unknownTlsServer(platform: Platform): Statement {
  return block(
    'server',
    [],
    [
      ...listenTls(platform, true),
      directive('server_name', '_'),
      directive('server_tokens', 'off'),
      directive('ssl_reject_handshake', 'on'),
      ...patience,
      ...tlsSettings(platform),
      directive('access_log', 'off'),
      ...limitSettings(platform),
      ...serverErrors(platform, [], false, false),
      block('location', ['/'], [countedStatus(421)]),
    ],
  );
}

/** A domain's server on port 80. It answers the certificate authority's challenges and redirects the rest to HTTPS. */
export function redirectServer(platform: Platform, domain: string): Statement {
  const isWildcard = domain.startsWith('*.');
  const home = isWildcard ? '$host' : said(domain);
  const [moved, answer] = countedAnswer('openfaas_https', [
    comment(
      isWildcard
        ? '308 keeps a POST a POST. Only a Host header below the domain comes here.'
        : '308 keeps a POST a POST. The name is fixed because a client chooses the Host header.',
    ),
    directive('return', '308', `https://${home}$request_uri`),
  ]);
  return block(
    'server',
    [],
    [
      ...listenOn(platform, 80),
      directive('server_name', said(domain)),
      directive('server_tokens', 'off'),
      directive('access_log', 'off'),
      ...limitSettings(platform),
      refusePaths(),
      ...serverErrors(platform, [], false, false),
      ...challengeBodies(platform),
      ...challengeLocations(platform),
      ...healthLocation(platform),
      block('location', ['/'], [moved]),
      answer,
    ],
  );
}

/** The platform's own domain, or an alias. Only declared functions are reachable, not aliases of names or other parts of OpenFaaS. */
export function platformServer(platform: Platform, domain: string): Statement {
  const { functions } = platform;
  return tlsServer(platform, domain, functions, true, [
    ...functions.flatMap((fn) => functionLocations(platform, fn)),
    ...nginxAsync(platform),
    ...adminLocations(platform),
    ...healthLocation(platform),
    block(
      'location',
      ['=', '/healthz'],
      [
        block('limit_except', ['GET'], [directive('deny', 'all')]),
        directive('proxy_pass', 'http://openfaas_gateway'),
      ],
    ),
    block('location', ['/'], [countedStatus(404)]),
  ]);
}

/** Health checks of a load balancer: answered before the limits, and not logged, because it asks every few seconds. */
function healthLocation({ gateway: { healthPath } }: Platform): Statement[] {
  if (healthPath === undefined) return [];
  return [
    block('location', ['=', said(healthPath)], [directive('access_log', 'off'), directive('return', '200')]),
  ];
}

/** A function's own domain. */
export function functionServer(platform: Platform, domain: string, fn: PlatformFunction): Statement {
  return tlsServer(platform, domain, [fn], false, [domainLocation(platform, fn)]);
}

/** A domain that leads to another domain. The name is a fixed one, because a client chooses the Host header. */
export function leadingServer(platform: Platform, { from, to }: Redirect): Statement {
  const [moved, answer] = countedAnswer('openfaas_moved', [
    ...repeatedHeaders(platform),
    directive('return', '308', `https://${said(to)}$request_uri`),
  ]);
  return tlsServer(platform, from, [], false, [block('location', ['/'], [moved]), answer]);
}

function tlsServer(
  platform: Platform,
  domain: string,
  functions: readonly PlatformFunction[],
  admin: boolean,
  locations: readonly Statement[],
): Statement {
  return block(
    'server',
    [],
    [
      ...listenTls(platform, false),
      directive('server_name', said(domain)),
      directive('server_tokens', 'off'),
      blank(),
      ...certificateSettings(platform, domain),
      ...authServerSettings(platform),
      ...standingHeaders(platform),
      blank(),
      accessLog,
      errorLog('warn'),
      blank(),
      ...limitSettings(platform),
      ...refuseStrangers(platform),
      refusePaths(),
      ...leadToHttps(platform),
      ...(admin ? refuseCallbacks(platform) : []),
      ...countPreflights(functions),
      ...serverErrors(platform, functions, admin, true),
      blank(),
      directive('client_header_timeout', requestWait),
      directive('client_body_timeout', '30s'),
      directive('send_timeout', '30s'),
      directive('keepalive_timeout', '75s'),
      headerSizes,
      ...(platform.gateway.features.maxHeaders ? [directive('max_headers', '100')] : []),
      blank(),
      ...proxySettings(platform),
      blank(),
      ...httpsLocations(platform, domain),
      ...locations,
      ...authLocations(platform, functions),
      ...corsLocations(platform, functions),
    ],
  );
}

/** nginx's counters, reachable only from this machine. */
export function statusServer({ gateway: { ipv6 } }: Platform, port: number): Statement {
  return block(
    'server',
    [],
    [
      directive('listen', `127.0.0.1:${port}`),
      ...(ipv6 ? [directive('listen', `[::1]:${port}`)] : []),
      directive('server_name', 'localhost'),
      directive('server_tokens', 'off'),
      directive('access_log', 'off'),
      block(
        'location',
        ['=', '/status'],
        [
          directive('allow', '127.0.0.1'),
          directive('allow', '::1'),
          directive('deny', 'all'),
          directive('stub_status'),
        ],
      ),
      block('location', ['/'], [directive('return', '404')]),
    ],
  );
}
