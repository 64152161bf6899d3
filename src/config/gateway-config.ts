import type { EmailAddress, Rate, Size } from './units.ts';

/** nginx in front of the functions. */
export interface GatewayConfig {
  /** Certificates. */
  tls?: TlsConfig;

  /** How often one client may call. A client is an IPv4 address or the /64 of an IPv6 address. */
  rateLimit?: RateLimitConfig;

  /**
   * How many requests of one client may be under way at once.
   *
   * @default 100
   * @asType integer
   * @minimum 1
   * @maximum 65535
   */
  connectionLimit?: number;

  /**
   * The largest request body. Larger ones than 1m are passed on as they arrive instead of being held in memory;
   * none is ever written to disk.
   *
   * @default "1m"
   */
  maxBody?: Size;

  /** Memory for answers on their way to the client, per request. */
  buffers?: BuffersConfig;
}

/** Where the certificate comes from. */
export interface TlsConfig {
  /**
   * `letsencrypt` needs the domain's DNS to point here. `letsencrypt-staging` gives certificates that browsers do
   * not trust, for trying out without rate limits.
   *
   * @default "letsencrypt"
   */
  issuer?: 'letsencrypt' | 'letsencrypt-staging';

  /** Whom the certificate authority may write to. Unset, the account is made without an address. */
  email?: EmailAddress;
}

export interface RateLimitConfig {
  /** @default "10r/s" */
  rate?: Rate;

  /**
   * How many requests over the rate are let through at once before the rest get 429.
   *
   * @default 20
   * @asType integer
   * @minimum 0
   * @maximum 100000
   */
  burst?: number;
}

/** nginx's proxy buffers. An answer that is larger waits for the client; it is never written to disk. */
export interface BuffersConfig {
  /**
   * How many buffers one request may use.
   *
   * @default 8
   * @asType integer
   * @minimum 2
   * @maximum 1024
   */
  count?: number;

  /** The size of each. @default "16k" */
  size?: Size;

  /** The buffer for the answer's headers. @default "32k" */
  header?: Size;
}
