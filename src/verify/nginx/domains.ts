import { directivesBelow, directivesIn } from '../../nginx/find.ts';
import type { Dist } from '../dist.ts';
import { challengeUpstream } from './challenges.ts';
import type { Way } from './gateway-ways.ts';

/** The domains at which the platform answers besides its own, by a function or by the gateway. */
export function platformDomains({ stack }: Pick<Dist, 'stack'>, ways: readonly Way[]): string[] {
  const own = stack.provider.gateway.replace(/^https:\/\//, '');
  const found = ways
    .filter(({ path, domain, internal }) => path !== '/' && domain !== own && !internal)
    // Each domain of a platform with several nodes passes challenges on.
    .filter(({ target }) => target !== `http://${challengeUpstream}`)
    .map(({ domain }) => domain)
    .filter((domain) => !domain.endsWith('.invalid'));
  return [...new Set(found)].sort();
}

/** Where domains with a certificate lead that answer nothing else. */
export function redirectsOf({ nginx, lock }: Pick<Dist, 'nginx' | 'lock'>): Record<string, string> {
  const servers = nginx.flatMap(({ statements }) => directivesBelow(statements, 'server'));
  return Object.fromEntries(
    servers
      .filter(
        ({ block = [] }) =>
          lock.gateway.tlsEndedBy !== undefined || directivesIn(block, 'ssl_certificate').length > 0,
      )
      .flatMap(({ block = [] }): [string, string][] => {
        const leading = directivesBelow(block, 'return').filter(({ args }) => /^30/.test(args[0] ?? ''));
        const [name = ''] = directivesIn(block, 'server_name')[0]?.args ?? [];
        return (
          leading
            .map(({ args }): [string, string] => [
              name,
              (args[1] ?? '').replace(/^https:\/\/|\$request_uri$/g, ''),
            ])
            // With a load balancer, each domain leads to itself with TLS.
            .filter(([from, to]) => to !== from && !(from.startsWith('*.') && to === '$host'))
        );
      }),
  );
}
