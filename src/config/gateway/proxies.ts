import type { HeaderName, Network } from './units.ts';

/**
 * CDNs that publish all of their networks. `cloudflare` names the client in CF-Connecting-IP, `fastly` in
 * X-Forwarded-For, but only for calls that reach it by https: redirect others there.
 */
export type CdnName = 'cloudflare' | 'fastly';

/** Proxies that are trusted to name the client. */
export interface TrustedProxiesConfig {
  /**
   * The networks of the CDN or load balancer, as it publishes them.
   *
   * @minItems 1
   * @uniqueItems true
   */
  networks: Network[];

  /**
   * The header in which it names the client. Of several addresses, the last one that is not in `networks` counts.
   *
   * @default "X-Forwarded-For"
   * @examples ["CF-Connecting-IP", "X-Real-IP"]
   */
  header?: HeaderName;

  /**
   * Whether it names the client by the PROXY protocol instead, before each connection to port 80 and 443, as load
   * balancers do that pass TLS on. nginx then answers no connection without it, also not one of a health check. Only what
   * `networks` say is believed.
   *
   * @default false
   */
  proxyProtocol?: boolean;
}
