import type { RateLimitConfig } from '../gateway/gateway.ts';
import type {
  HeaderName,
  Network,
  NodePath,
  Origin,
  OriginsBelow,
  ServedDomain,
  UrlPath,
} from '../gateway/units.ts';
import type { DnsLabel, Duration } from '../units.ts';

/** How nginx offers one function. */
export interface FunctionHttpConfig {
  /**
   * Domains of its own: `https://pay.example.no/x` is `/function/pay/x`. Each gets its certificate; its DNS must point
   * here. `*.tenants.example.no` is every name below it that is not a domain of its own; the function sees the name in
   * `X-Forwarded-Host`. Its certificate needs `gateway.tls.dns`, or is yours by `gateway.tls.files`.
   *
   * @uniqueItems true
   */
  domains?: ServedDomain[];

  /**
   * Paths of its own on the platform's domain: `/pay` and everything below it is `/function/pay`.
   *
   * @uniqueItems true
   */
  paths?: UrlPath[];

  /**
   * Networks that may call it, also through the queue; everybody else gets 403. Unset, from everywhere. This does not
   * limit other functions: `calls` does.
   *
   * @minItems 1
   * @uniqueItems true
   */
  networks?: Network[];

  /** Who may call it. Unset, anybody. */
  auth?: FunctionAuthConfig;

  /** How often one client may call it, instead of `gateway.rateLimit`. */
  rateLimit?: RateLimitConfig;

  /** Which other sites' pages may call it from a browser. nginx then answers OPTIONS itself, and counts
   * it apart from calls. */
  cors?: CorsConfig;

  /**
   * Whether its answers are passed on piece by piece as they arrive, as server-sent events need. The community edition's gateway
   * does so for requests that accept `text/event-stream`.
   *
   * @default false
   */
  stream?: boolean;

  /**
   * Whether a client may switch to websocket. The community edition's gateway cannot; with `direct`, calls go past it.
   *
   * @default false
   */
  websocket?: boolean;
}

/** How callers prove who they are. Exactly one of the three. */
export interface FunctionAuthConfig {
  /**
   * Names and hashed passwords: a file on the node, as `htpasswd` makes it. Until the file exists, nobody is let in.
   *
   * @examples ["/etc/nginx/passwords"]
   */
  passwordFile?: NodePath;

  /** A client certificate of `gateway.tls.clientCa`. The function finds its subject in `X-Client-Subject`. */
  clientCertificate?: true;

  /**
   * Another function that is asked about each request, such as an OpenID Connect client: 2xx lets it through, 401 and
   * 403 are passed on. It gets the request's headers, and path and method in `X-Original-Uri` and `X-Original-Method`.
   * Its answer's `X-Auth-Request-User` is passed to the function in a header of that name.
   */
  function?: DnsLabel;
}

/** Cross-origin resource sharing. */
export interface CorsConfig {
  /**
   * The sites, exactly as browsers name them; `https://*.example.no` is every name below `example.no`, and `*` every
   * site, without `credentials`.
   *
   * @minItems 1
   * @uniqueItems true
   * @examples [["https://shop.example.no"], ["https://example.no", "https://*.example.no"], ["*"]]
   */
  origins: (Origin | OriginsBelow | '*')[];

  /**
   * @default ["GET", "HEAD", "POST"]
   * @minItems 1
   * @uniqueItems true
   */
  methods?: HttpMethod[];

  /**
   * Headers that pages may set.
   *
   * @default ["Content-Type"]
   * @uniqueItems true
   */
  headers?: HeaderName[];

  /**
   * Headers of the answer that pages may read, besides `Retry-After`.
   *
   * @uniqueItems true
   */
  exposeHeaders?: HeaderName[];

  /**
   * Whether pages may send cookies and passwords.
   *
   * @default false
   */
  credentials?: boolean;

  /**
   * How long browsers remember the permission.
   *
   * @default "10m"
   */
  maxAge?: Duration;
}

export type HttpMethod = 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
