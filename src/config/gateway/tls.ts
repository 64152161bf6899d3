import type { Duration, EmailAddress } from '../units.ts';
import type { HttpsUrl, NodePath } from './units.ts';

/** TLS, and where the certificates come from. Each domain has its own; each begins with a self-signed placeholder. */
export interface TlsConfig {
  /**
   * Who has the certificates and decrypts calls: nginx on each node, or a provider's load balancer in front, which then
   * speaks plain HTTP to port 80 of the nodes and names the client's scheme in `X-Forwarded-Proto`. With `load-balancer`,
   * `trustedProxies` must name the balancer's networks, nobody else reaches port 80, nothing listens on port 443, and of the
   * other keys only `hsts` applies.
   *
   * @default "nginx"
   */
  endedBy?: 'nginx' | 'load-balancer';

  /**
   * `letsencrypt` needs the domain's DNS to point here. `letsencrypt-staging` gives certificates that browsers do
   * not trust, for trying out without rate limits.
   *
   * @default "letsencrypt"
   */
  issuer?: 'letsencrypt' | 'letsencrypt-staging';

  /** The ACME directory of another certificate authority, instead of `issuer`. */
  directory?: HttpsUrl;

  /** Your own certificate, instead of `issuer`. It must be for every domain of the platform. */
  files?: CertificateFilesConfig;

  /** The address at which the certificate authority may write to you. Unset, the account has none. */
  email?: EmailAddress;

  /** Proves the domains by DNS records instead of by port 80. */
  dns?: DnsChallengeConfig;

  /**
   * Mozilla's guideline 6.0. `intermediate`: TLS 1.2 and 1.3, for clients from about 2014 on. `modern`: only TLS
   * 1.3.
   *
   * @default "intermediate"
   */
  profile?: 'intermediate' | 'modern';

  /** Tells browsers to use only https for this name. */
  hsts?: HstsConfig;

  /**
   * Whether HTTP/3 is offered, on UDP port 443. Needs an nginx that is built with it: Debian 13's, Ubuntu 26.04's or
   * nginx.org's.
   *
   * @default false
   */
  http3?: boolean;

  /**
   * A PEM file on the node with the certificates of the authorities that sign clients' certificates, for
   * `clientCertificate`. Until the file exists, no client is let in.
   */
  clientCa?: NodePath;
}

/** Paths of PEM files on the node. New and changed files are used within a minute. */
export interface CertificateFilesConfig {
  /** The certificate, and those between it and its authority. */
  certificate: NodePath;
  /** Its private key. */
  key: NodePath;
}

/** certbot's plugins, as Debian and Ubuntu package them (`python3-certbot-dns-…`). */
export type DnsPlugin = 'cloudflare' | 'digitalocean' | 'gandi' | 'google' | 'linode' | 'ovh' | 'rfc2136';

/** A record is made in the domain's zone while the authority looks. No port must be open for it. */
export type DnsChallengeConfig = DnsPluginConfig | DnsScriptConfig;

/** By a plugin of certbot. */
export interface DnsPluginConfig {
  /** The DNS provider, by its certbot plugin. */
  plugin: DnsPlugin;

  /** The plugin's file of credentials on the node, mode 0600. You put it there; until then the node keeps trying. */
  credentials: NodePath;

  /** How long a new record takes to be seen. Unset, the plugin's own time. */
  propagation?: Duration;
}

/** By a program of your own, for a DNS provider without a plugin. */
export interface DnsScriptConfig {
  /**
   * A program on the node, mode 0700. certbot calls it as root for each name: with `add` to create the TXT record
   * `_acme-challenge.$CERTBOT_DOMAIN` with the value `$CERTBOT_VALIDATION`, then with `remove`. It returns when the record
   * can be seen. You put it there; until then the node keeps trying.
   *
   * @examples ["/usr/local/sbin/dns-record"]
   */
  script: NodePath;
}

/** The header Strict-Transport-Security. */
export interface HstsConfig {
  /**
   * For how many days browsers remember it. 0 makes them forget.
   *
   * @default 730
   * @asType integer
   * @minimum 0
   * @maximum 3650
   */
  days?: number;

  /**
   * Whether it also applies to all names below the domain, including those that you do not serve.
   *
   * @default false
   */
  includeSubDomains?: boolean;

  /**
   * Whether browsers may put the name into their built-in list. Undoing that takes months.
   *
   * @default false
   */
  preload?: boolean;
}
