import { createHash } from 'node:crypto';
import type { NodeFile } from '../../artifacts/artifact.ts';
import type { AcmeSource } from '../../platform/gateway/tls.ts';
import type { Node } from '../../platform/nodes/node.ts';
import { directoryOf, otherPlaces, places } from '../../platform/nodes/places.ts';
import type { Platform } from '../../platform/platform.ts';
import { shellWord } from '../shell-word.ts';
import { template } from '../template.ts';

const script = template('node-files/templates/tls.sh.hbs');
const unit = template('node-files/templates/openfaas-cert.service.hbs');
const pathUnit = template('node-files/templates/openfaas-cert.path.hbs');

/** All domains that get a certificate, the platform's own first. */
export function domainsOf({ domain, functions, gateway }: Platform): string[] {
  return [
    domain,
    ...gateway.aliases,
    ...functions.flatMap(({ http }) => http.domains),
    ...gateway.redirects.map(({ from }) => from),
  ];
}

/** Packages that a node needs to get certificates. */
export function tlsPackages({ gateway }: Platform): string[] {
  const { certificate } = gateway.tls;
  if (certificate.kind !== 'acme') return [];
  const { dns } = certificate;
  return ['certbot', ...(dns && 'plugin' in dns ? [`python3-certbot-dns-${dns.plugin}`] : [])];
}

/** Files that get and renew certificates. */
export function tlsFiles(platform: Platform, { proxy }: Node, marker: string): NodeFile[] {
  const { certificate, clientCa } = platform.gateway.tls;
  if (certificate.kind === 'load-balancer') return [];
  const files = certificate.kind === 'files' ? certificate : undefined;
  return [
    {
      path: places.tlsScript,
      kind: 'script',
      text: script({
        marker,
        domains: domainsOf(platform).map(directoryOf).map(shellWord).join(' '),
        challengeDirectory: otherPlaces.challenges,
        clientCa: clientCa === undefined ? false : shellWord(clientCa),
        files: files && { certificate: shellWord(files.certificate), key: shellWord(files.key) },
        ...(certificate.kind === 'acme' && {
          suffix: lineageSuffix(certificate),
          proxy: proxy !== undefined,
          options: certbotOptions(certificate).map(shellWord).join(' '),
        }),
      }),
      permissions: '0755',
    },
    {
      path: places.certificateService,
      kind: 'unit',
      text: unit({ marker, watched: files !== undefined }),
      permissions: '0644',
    },
    ...(files === undefined
      ? []
      : [
          {
            path: places.certificatePath,
            kind: 'unit',
            text: pathUnit({ marker, certificate: files.certificate, key: files.key }),
            permissions: '0644',
          } as const,
        ]),
  ];
}

/**
 * Gives certificates of each authority their own name in certbot, because certbot does not replace a valid certificate
 * with one of another authority.
 */
function lineageSuffix({ directory }: AcmeSource): string {
  if (directory === undefined) return '';
  return `-${createHash('sha256').update(directory).digest('hex').slice(0, 8)}`;
}

function certbotOptions({ directory, email, dns }: AcmeSource): string[] {
  return [
    ...(email === undefined ? ['--register-unsafely-without-email'] : ['--email', email, '--no-eff-email']),
    ...(directory === undefined ? [] : ['--server', directory]),
    ...challengeOptions(dns),
  ];
}

function challengeOptions(dns: AcmeSource['dns']): string[] {
  if (dns === undefined) return ['--webroot', '--webroot-path', otherPlaces.challenges];
  if ('script' in dns) {
    const hooks = [
      '--manual-auth-hook',
      `${dns.script} add`,
      '--manual-cleanup-hook',
      `${dns.script} remove`,
    ];
    return ['--authenticator', 'manual', '--preferred-challenges', 'dns', ...hooks];
  }
  const { plugin, credentials, propagationSeconds } = dns;
  return [
    ...['--authenticator', `dns-${plugin}`, `--dns-${plugin}-credentials`, credentials],
    ...(propagationSeconds === undefined
      ? []
      : [`--dns-${plugin}-propagation-seconds`, String(propagationSeconds)]),
  ];
}
