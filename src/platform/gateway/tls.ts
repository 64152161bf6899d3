import type { DnsChallengeConfig, DnsPlugin, HstsConfig, TlsConfig } from '../../config/gateway/tls.ts';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { report } from '../../diagnostics/report.ts';
import { parseDuration } from '../../units/amounts.ts';

/** TLS of every server. */
export interface Tls {
  readonly certificate: CertificateSource;
  readonly profile: 'intermediate' | 'modern';
  /** The value of Strict-Transport-Security. */
  readonly hsts: string;
  readonly http3: boolean;
  /** Path on the node of the authorities of client certificates. */
  readonly clientCa: string | undefined;
}

export type CertificateSource = AcmeSource | FilesSource | BalancerSource;

/** A certificate authority that speaks ACME. */
export interface AcmeSource {
  readonly kind: 'acme';
  /** Of the directory; undefined for the one that certbot takes by itself, Let's Encrypt. */
  readonly directory: string | undefined;
  readonly email: string | undefined;
  /** Undefined: by port 80. */
  readonly dns: DnsChallenge | undefined;
}

/** How the DNS shows that a name is ours: by a plugin of certbot with its file of credentials, or by a program on the node. */
export type DnsChallenge =
  | {
      readonly plugin: DnsPlugin;
      readonly credentials: string;
      /** Undefined: the plugin's own. */
      readonly propagationSeconds: number | undefined;
    }
  | { readonly script: string };

/** PEM files that the user puts on the node. */
export interface FilesSource {
  readonly kind: 'files';
  readonly certificate: string;
  readonly key: string;
}

/** A load balancer has the certificates and speaks plain HTTP to nginx, which then needs none. */
export interface BalancerSource {
  readonly kind: 'load-balancer';
}

const staging = 'https://acme-staging-v02.api.letsencrypt.org/directory';

const path = ['gateway', 'tls'];

/** TLS with its defaults, and what does not go together in it. */
export function resolveTls(written: TlsConfig = {}): readonly [Tls, Diagnostic[]] {
  const tls: Tls = {
    certificate: certificateSource(written),
    profile: written.profile ?? 'intermediate',
    hsts: hstsValue(written.hsts ?? {}),
    http3: written.http3 ?? false,
    clientCa: written.clientCa,
  };
  return [tls, [...diagnoseSources(written), ...diagnoseHsts(written.hsts ?? {})]];
}

function certificateSource(written: TlsConfig): CertificateSource {
  const { endedBy, issuer, directory, files, email, dns } = written;
  if (endedBy === 'load-balancer') return { kind: 'load-balancer' };
  if (files !== undefined) return { kind: 'files', ...files };
  return {
    kind: 'acme',
    directory: directory ?? (issuer === 'letsencrypt-staging' ? staging : undefined),
    email,
    dns: dns && dnsChallenge(dns),
  };
}

function dnsChallenge(written: DnsChallengeConfig): DnsChallenge {
  if ('script' in written) return written;
  const { plugin, credentials, propagation } = written;
  const propagationSeconds =
    propagation === undefined ? undefined : Math.ceil(parseDuration(propagation) / 1000);
  return { plugin, credentials, propagationSeconds };
}

/** Reports more than one source of certificates, and settings of a source that is not used. */
function diagnoseSources(tls: TlsConfig): Diagnostic[] {
  // None of them applies then, which `diagnoseBalancer` reports.
  if (tls.endedBy === 'load-balancer') return [];
  const sources = (['issuer', 'directory', 'files'] as const).filter((key) => tls[key] !== undefined);
  const [first, second] = sources;
  if (first !== undefined && second !== undefined) {
    return [report('resolve/certificate-sources', [...path, second], { first, second }, { at: 'key' })];
  }
  if (first !== 'files') return [];
  return (['email', 'dns'] as const)
    .filter((key) => tls[key] !== undefined)
    .map((key) => report('resolve/certificate-setting-unused', [...path, key], { key }, { at: 'key' }));
}

const secondsPerDay = 86_400;

function hstsValue({ days = 730, includeSubDomains = false, preload = false }: HstsConfig): string {
  const parts = [`max-age=${days * secondsPerDay}`];
  if (includeSubDomains) parts.push('includeSubDomains');
  if (preload) parts.push('preload');
  return parts.join('; ');
}

/** What the browsers' list asks of a name. Source: hstspreload.org, "Submission Requirements". */
function diagnoseHsts({ days = 730, includeSubDomains = false, preload = false }: HstsConfig): Diagnostic[] {
  if (!preload || (includeSubDomains && days >= 365)) return [];
  return [report('resolve/hsts-preload', [...path, 'hsts', 'preload'], { days, includeSubDomains })];
}
