import type { NginxPackages } from '../../config/gateway/gateway.ts';
import type { NginxFeatures } from '../../nginx/targets.ts';
import type { AnswerHeader } from './headers.ts';
import type { Outsiders } from './insiders.ts';
import type { TrustedProxies } from './networks.ts';
import type { RateLimit } from './rate-limit.ts';
import type { Redirect } from './redirects.ts';
import type { Tls } from './tls.ts';

/** nginx in front. */
export interface Gateway {
  readonly packages: NginxPackages;
  /** nginx.org, or a mirror of it. */
  readonly packagesFrom: string;
  /** What the nginx of every node can do. */
  readonly features: NginxFeatures;
  /** Other domains of the platform, sorted. */
  readonly aliases: readonly string[];
  /** Domains that lead to another domain, sorted. */
  readonly redirects: readonly Redirect[];
  readonly tls: Tls;
  readonly rateLimit: RateLimit;
  readonly connectionLimit: number;
  /** Networks without limits. */
  readonly exempt: Outsiders;
  /** Whether it listens on IPv6 too. */
  readonly ipv6: boolean;
  /** Bits of an IPv6 address that are one client. */
  readonly ipv6Prefix: 48 | 56 | 64 | 128;
  readonly trustedProxies: TrustedProxies | undefined;
  /** The networks that reach 80 and 443; undefined: all. */
  readonly reachableFrom: readonly string[] | undefined;
  /** Undefined: closed. No networks: from everywhere. */
  readonly admin: { readonly networks: Outsiders; readonly clientCertificate: boolean } | undefined;
  /** Bytes. */
  readonly maxBody: number;
  /** Sizes in bytes. */
  readonly buffers: {
    readonly body: number;
    readonly count: number;
    readonly size: number;
    readonly header: number;
  };
  readonly workers: number;
  /** Per worker. */
  readonly connections: number;
  /** In HTML, for browsers. Undefined: JSON for everybody. */
  readonly errorPage: string | undefined;
  /** Headers of answers by name, as written; a function's own come first. */
  readonly headers: readonly AnswerHeader[];
  /** Of all workers of a node. */
  readonly requests: number;
  /** Where nginx itself answers health checks. */
  readonly healthPath: string | undefined;
  readonly statusPort: number | undefined;
  /** The most bytes that one request can hold in nginx: its body, or a window of it, and its answer. */
  readonly requestMemory: number;
  /** Bytes, by which systemd bounds nginx. */
  readonly memoryLimit: number;
  /** The most bytes that nginx takes for itself. */
  readonly worstMemory: number;
}
