import type { DomainName, DownloadUrl, Rate, Size } from '../units.ts';
import type { CdnName, TrustedProxiesConfig } from './proxies.ts';
import type { TlsConfig } from './tls.ts';
import type { HeaderName, HeaderValue, Network, UrlPath } from './units.ts';

/** Where nginx is installed from: the OS, or nginx.org's stable or mainline branch for that OS. */
export type NginxPackages = 'distribution' | 'nginx.org-stable' | 'nginx.org-mainline';

/** nginx in front of the functions. */
export interface GatewayConfig {
  /**
   * Where nginx is installed from. `distribution` gets security updates as long as the OS does, and needs nothing else.
   * nginx.org's is newer, the same on every OS and has HTTP/3 on all of them; the node then fetches it from nginx.org,
   * checks its signature against keys that Fjord knows, and takes its updates every day.
   *
   * @default "distribution"
   */
  packages?: NginxPackages;

  /**
   * A mirror of nginx.org: `<this>/keys/nginx_signing.key` and `<this>/packages/…`. Its packages must still be
   * signed by nginx.org.
   *
   * @default "https://nginx.org"
   */
  packagesFrom?: DownloadUrl;

  /**
   * Other domains of the platform: the same functions at the same paths, such as a second domain or the old one. Each
   * gets its certificate; its DNS must point here.
   *
   * @uniqueItems true
   * @examples [["functions.example.com"]]
   */
  aliases?: DomainName[];

  /**
   * Domains that only lead to another domain of the platform, with the path and query that were asked for (308): its
   * `domain`, an alias, or a function's own. Each gets its certificate; its DNS must point here.
   *
   * @examples [{ "www.example.no": "example.no" }]
   */
  redirects?: Record<DomainName, DomainName>;

  /** Certificates and protocols. */
  tls?: TlsConfig;

  /** How often one client may call. A client is an IPv4 address or the /64 of an IPv6 address. */
  rateLimit?: RateLimitConfig;

  /**
   * How many requests of one client may be under way at once. The rest get 503.
   *
   * @default a quarter of `requests`, 100 at most
   * @asType integer
   * @minimum 1
   * @maximum 65535
   */
  connectionLimit?: number;

  /**
   * Networks whose clients are not limited.
   *
   * @uniqueItems true
   */
  exempt?: Network[];

  /**
   * Whether nginx listens on IPv6 too. Write `false` for machines whose kernel has IPv6 switched off (`ipv6.disable=1`),
   * where nginx would not start, and give the domain no AAAA record. IPv6 must be off or on for all nodes with nginx.
   *
   * @default true
   */
  ipv6?: boolean;

  /**
   * How many leading bits of an IPv6 address are one client: what a provider gives to one customer.
   *
   * @default 64
   */
  ipv6Prefix?: 48 | 56 | 64 | 128;

  /**
   * A CDN or load balancer in front: a known one by name, with its networks and header as of a certain day, or your own.
   * Unset, headers that name the client are ignored.
   */
  trustedProxies?: CdnName | TrustedProxiesConfig;

  /**
   * Who can reach ports 80 and 443 through the firewall of each node. `trusted-proxies`: only those of
   * `trustedProxies`. Port 80 then stays open to everybody if the certificate authority checks there, because it
   * does not publish its addresses; with `tls.dns` or `tls.files` it is closed too. With `tls.endedBy: 'load-balancer'` it is
   * always `trusted-proxies`.
   *
   * @default "anywhere"
   */
  reachableFrom?: 'anywhere' | 'trusted-proxies';

  /**
   * A path at which nginx itself answers 200 to a load balancer's health checks: by any name on port 80, and by the
   * platform's domains on 443. It is not limited and not logged. With `tls.endedBy: 'load-balancer'`, only the balancer's
   * networks get the answer, on port 80. Unset, there is none; `/healthz` on 443 also asks
   * OpenFaaS' gateway.
   *
   * @examples ["/nginx-health"]
   */
  healthPath?: UrlPath;

  /** Opens OpenFaaS' own interface and UI, below `/system/` and `/ui/`. Unset, they are closed. */
  admin?: AdminConfig;

  /**
   * The largest request body. Larger ones than `buffers.body` are passed on as they arrive instead of being held in
   * memory; none is ever written to disk.
   *
   * @default "1m"
   */
  maxBody?: Size;

  /** Memory of one request: its body, and its answer on the way to the client. */
  buffers?: BuffersConfig;

  /**
   * How many connections one nginx worker holds, to clients and to functions together. There is a worker for each of a
   * node's `cpus`.
   *
   * @default as many as fit in three tenths of nginx's share of the node's memory, from 512 to 8192
   * @asType integer
   * @minimum 512
   * @maximum 65535
   */
  connections?: number;

  /**
   * An HTML page for browsers, instead of the JSON of nginx's own answers: 404, 429, 502 and so on. It is the whole document, at most 4,000 bytes, without `$`. Programs, which do not accept `text/html` or
   * accept JSON too, still get JSON; answers of functions stay as they are. Unset, everybody gets JSON.
   *
   * @minLength 1
   * @maxLength 4000
   * @examples ["<!doctype html><title>Back soon</title><h1>Back soon</h1>"]
   */
  errorPage?: string;

  /**
   * Headers of all answers over HTTPS, nginx's own included, such as a Content-Security-Policy. A function that sends
   * one of them itself keeps its own. The default's stay unless you write them: `false` leaves one out.
   * `Strict-Transport-Security` is `tls.hsts`, and other sites are let in by `http.cors` of a function.
   *
   * @default { "X-Content-Type-Options": "nosniff" }
   * @examples [{ "Content-Security-Policy": "default-src 'self'", "X-Frame-Options": "DENY" }]
   */
  headers?: Record<HeaderName, HeaderValue | false>;

  /**
   * How many requests of all clients may be under way at once on one node. The rest get 503 and `Retry-After`.
   *
   * @default as many as fit in nginx's share of the node's memory
   * @asType integer
   * @minimum 1
   * @maximum 65535
   */
  requests?: number;

  /**
   * The port of nginx's counters, on the loopback interface only. Unset, there are none.
   *
   * @asType integer
   * @minimum 1024
   * @maximum 65535
   */
  statusPort?: number;
}

export interface RateLimitConfig {
  /** @default "10r/s" */
  rate?: Rate;

  /**
   * How many requests over the rate are let through before others get 429.
   *
   * @default 20
   * @asType integer
   * @minimum 0
   * @maximum 100000
   */
  burst?: number;

  /**
   * How many requests of the burst pass at once; the others wait, to keep to the rate. 0: all wait. Unset, none waits
   * (nginx's `nodelay`).
   *
   * @asType integer
   * @minimum 0
   * @maximum 100000
   */
  delay?: number;
}

/** OpenFaaS' own interface. Everybody who is let through still needs the admin's password. */
export interface AdminConfig {
  /**
   * Networks that may reach it.
   *
   * @minItems 1
   * @uniqueItems true
   */
  networks?: Network[];

  /** Whether a client certificate of `tls.clientCa` is needed. */
  clientCertificate?: boolean;
}

/** nginx's buffers. An answer that is larger waits for the client; it is never written to disk. */
export interface BuffersConfig {
  /**
   * Bodies are held in memory whole if `maxBody` is at most this, so that a slow client does not occupy a function.
   * Larger ones are passed on as they arrive.
   *
   * @default "1m"
   */
  body?: Size;

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
