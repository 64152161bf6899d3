import type { HstsConfig, TlsConfig } from '../../config/gateway/tls.ts';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { report } from '../../diagnostics/report.ts';
import { parseDuration } from '../../units/duration.ts';
import type { CertificateSource, DnsChallenge, Tls } from './tls.ts';

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
  return [tls, [...checkSources(written), ...checkHsts(written.hsts ?? {})]];
}

function certificateSource({ issuer, directory, files, email, dns }: TlsConfig): CertificateSource {
  if (files !== undefined) return { kind: 'files', ...files };
  return {
    kind: 'acme',
    directory: directory ?? (issuer === 'letsencrypt-staging' ? staging : undefined),
    email,
    dns: dns && dnsChallenge(dns.plugin, dns.credentials, dns.propagation),
  };
}

function dnsChallenge(
  plugin: DnsChallenge['plugin'],
  credentials: string,
  propagation: string | undefined,
): DnsChallenge {
  const propagationSeconds =
    propagation === undefined ? undefined : Math.ceil(parseDuration(propagation) / 1000);
  return { plugin, credentials, propagationSeconds };
}

/** One place that certificates come from, and no setting of another. */
function checkSources(tls: TlsConfig): Diagnostic[] {
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
function checkHsts({ days = 730, includeSubDomains = false, preload = false }: HstsConfig): Diagnostic[] {
  if (!preload || (includeSubDomains && days >= 365)) return [];
  return [report('resolve/hsts-preload', [...path, 'hsts', 'preload'], { days, includeSubDomains })];
}
