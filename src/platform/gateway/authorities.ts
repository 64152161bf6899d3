import type { TlsConfig } from '../../config/gateway/tls.ts';
import type { PlatformConfig } from '../../config/platform-config.ts';
import type { ConfigPath, Diagnostic } from '../../diagnostics/diagnostic.ts';
import { report } from '../../diagnostics/report.ts';
import { sortedEntries } from '../sorted-entries.ts';

/**
 * Last labels below which no public authority gives a certificate: reserved (IANA, "Special-Use Domain Names", and
 * `internal`, by ICANN in 2024), put off by ICANN (`corp`, `home`, `mail`), or used in offices and never delegated.
 */
const uncertified: ReadonlySet<string> = new Set(
  'alt arpa corp example home internal intranet invalid lan local localdomain localhost mail onion private test'.split(
    ' ',
  ),
);

const bound = 'gives certificates only to accounts that are bound to a customer (EAB)';

/** Public authorities that certbot alone gets nothing from, by the end of their directory's host. */
const unusable: readonly (readonly [host: string, name: string, why: string])[] = [
  ['zerossl.com', 'ZeroSSL', bound],
  ['pki.goog', 'Google Trust Services', bound],
  ['ssl.com', 'SSL.com', bound],
  ['sectigo.com', 'Sectigo', bound],
  ['digicert.com', 'DigiCert', bound],
  ['globalsign.com', 'GlobalSign', bound],
  ['harica.gr', 'HARICA', bound],
  ['actalis.com', 'Actalis', bound],
  ['buypass.com', 'Buypass', 'has given no certificates by ACME since October 2025'],
  ['buypass.no', 'Buypass', 'has given no certificates by ACME since October 2025'],
  ['acme-v01.api.letsencrypt.org', "Let's Encrypt (ACME v1)", 'was switched off in 2021'],
];

/** Reports names and authorities with which no certificate would ever be issued. */
export function diagnoseAuthority(config: PlatformConfig): Diagnostic[] {
  const tls = config.gateway?.tls ?? {};
  if (tls.files !== undefined || tls.endedBy === 'load-balancer') return [];
  return tls.directory === undefined ? diagnoseCertifiable(config) : diagnoseDirectory(tls);
}

/** An authority of one's own, with a directory of its own, may know any name. */
function diagnoseCertifiable(config: PlatformConfig): Diagnostic[] {
  const names: [ConfigPath, string][] = [
    [['domain'], config.domain],
    ...(config.gateway?.aliases ?? []).map((domain, index): [ConfigPath, string] => [
      ['gateway', 'aliases', index],
      domain,
    ]),
    ...Object.keys(config.gateway?.redirects ?? {}).map((domain): [ConfigPath, string] => [
      ['gateway', 'redirects', domain],
      domain,
    ]),
    ...sortedEntries(config.functions).flatMap(([name, { http }]) =>
      (http?.domains ?? []).map((domain, index): [ConfigPath, string] => [
        ['functions', name, 'http', 'domains', index],
        domain,
      ]),
    ),
  ];
  return names.flatMap(([path, domain]) => {
    const last = domain.slice(domain.lastIndexOf('.') + 1);
    return uncertified.has(last) ? [report('resolve/name-not-certified', path, { domain, last })] : [];
  });
}

function diagnoseDirectory({ directory = '' }: TlsConfig): Diagnostic[] {
  const at = ['gateway', 'tls', 'directory'];
  if (!URL.canParse(directory)) {
    return [report('resolve/authority-unusable', at, { name: directory, why: 'has no such address' })];
  }
  const host = new URL(directory).hostname.toLowerCase();
  const found = unusable.find(([end]) => host === end || host.endsWith(`.${end}`));
  if (found === undefined) return [];
  const [, name, why] = found;
  return [report('resolve/authority-unusable', at, { name, why })];
}
