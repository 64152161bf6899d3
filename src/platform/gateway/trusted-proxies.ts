import type { GatewayConfig } from '../../config/gateway/gateway.ts';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { report } from '../../diagnostics/report.ts';
import { cdns } from './cdns.ts';
import { checkTrusted } from './check-network.ts';
import { type Insider, withoutInsiders } from './insiders.ts';
import type { Tls } from './tls.ts';

/** Who is believed about where a request comes from. */
export interface TrustedProxies {
  /** Without the addresses that pods come with: they would be believed too. */
  readonly networks: readonly string[];
  readonly header: string;
  /** Of a CDN whose networks are a list of ours. */
  readonly list: { readonly title: string; readonly asOf: string } | undefined;
}

export function resolveTrustedProxies(
  { trustedProxies: written, reachableFrom }: GatewayConfig,
  insiders: readonly Insider[],
): readonly [TrustedProxies | undefined, Diagnostic[]] {
  const path = ['gateway', 'trustedProxies'];
  if (written === undefined) return [undefined, []];
  if (typeof written !== 'string') {
    const { networks, header = 'X-Forwarded-For' } = written;
    const outside = withoutInsiders(networks, insiders);
    return [
      { networks: outside, header, list: undefined },
      checkTrusted(networks, [...path, 'networks'], insiders),
    ];
  }
  const { title, asOf, source, header, networks } = cdns[written];
  const dated = report('resolve/cdn-list-dated', path, { title, asOf, source, header });
  return [
    { networks: withoutInsiders(networks, insiders), header, list: { title, asOf } },
    // Where only the proxies get in, what is said of those that are not in the list is another thing.
    reachableFrom === 'trusted-proxies' ? [] : [dated],
  ];
}

/** Whether a node that only the proxies reach is reached by them, and gets its certificate. */
export function checkReachableFrom(
  { reachableFrom, trustedProxies }: GatewayConfig,
  { certificate }: Tls,
): Diagnostic[] {
  if (reachableFrom !== 'trusted-proxies') return [];
  const path = ['gateway', 'reachableFrom'];
  if (trustedProxies === undefined) return [report('resolve/proxies-unnamed', path, undefined)];
  const cdn = typeof trustedProxies === 'string' ? cdns[trustedProxies] : undefined;
  return [
    ...(cdn === undefined
      ? []
      : [report('resolve/cdn-list-closes', path, { title: cdn.title, asOf: cdn.asOf, source: cdn.source })]),
    ...(certificate.kind === 'acme' && certificate.dns === undefined
      ? [report('resolve/challenge-port-open', path, undefined)]
      : []),
  ];
}
