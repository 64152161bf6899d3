import { block, comment, directive, type Statement } from '../../../nginx/directive.ts';
import { endsAtBalancer } from '../../../platform/gateway/balancer.ts';
import type { Platform } from '../../../platform/platform.ts';
import { refusalLimit } from '../access/limits.ts';
import { unreadPlaces } from '../answers/errors.ts';
import { said } from '../text.ts';

/** True, as `if` reads it, for connections that are not the balancer's. */
const stranger = '$openfaas_stranger';
/** True for calls whose client came to the balancer without TLS. */
const inTheClear = '$openfaas_in_clear';

/** The balancer's networks, and a sign of its calls that came to it without TLS. */
export function balancerMaps({ gateway }: Platform): Statement[] {
  if (!endsAtBalancer(gateway)) return [];
  const { healthPath, trustedProxies } = gateway;
  return [
    comment(
      'Only the load balancer, and programs of this node, are answered: by the address of the connection itself.',
    ),
    block(
      'geo',
      ['$realip_remote_addr', stranger],
      [
        directive('default', '1'),
        directive('127.0.0.1', '0'),
        ...(trustedProxies?.networks ?? []).map((network) => directive(said(network), '0')),
      ],
    ),
    comment('The scheme of its client. A health check has none.'),
    block(
      'map',
      ['$http_x_forwarded_proto', '$openfaas_scheme_clear'],
      [directive('default', '1'), directive('https', '')],
    ),
    block(
      'map',
      ['$uri', inTheClear],
      [
        directive('default', '$openfaas_scheme_clear'),
        ...[...(healthPath === undefined ? [] : [said(healthPath)]), ...unreadPlaces].map((path) =>
          directive(path, ''),
        ),
      ],
    ),
  ];
}

/** Answers nobody but the balancer: the connection is closed. */
export function refuseStrangers({ gateway }: Platform): Statement[] {
  return endsAtBalancer(gateway) ? [refuse(stranger, '444')] : [];
}

/** In a server whose clients came to the balancer without TLS: leads them to the same address with it. */
export function leadToHttps({ gateway }: Platform): Statement[] {
  return endsAtBalancer(gateway)
    ? [refuse(inTheClear, '426'), directive('error_page', '426', '=', '@openfaas_in_clear')]
    : [];
}

/** The locations for that. It counts against the limits. */
export function httpsLocations(platform: Platform, domain: string): Statement[] {
  if (!endsAtBalancer(platform.gateway)) return [];
  // nginx takes a wildcard's server only for a Host header that ends in its domain.
  const home = domain.startsWith('*.') ? '$host' : said(domain);
  return [
    block(
      'location',
      ['@openfaas_in_clear'],
      [...refusalLimit(platform), directive('try_files', '', '@openfaas_https')],
    ),
    block('location', ['@openfaas_https'], [directive('return', '308', `https://${home}$request_uri`)]),
  ];
}

function refuse(variable: string, status: string): Statement {
  return block('if', [`(${variable})`], [directive('return', status)]);
}
