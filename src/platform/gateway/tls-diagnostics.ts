import { define } from '../../diagnostics/definition.ts';

const several = `{
  'oslo-1': { role: 'server', address: '10.0.0.1' },
  'oslo-2': { role: 'agent', nginx: true },
}`;

const six = `{
  'oslo-1': { role: 'server', address: '10.0.0.1' },
${[2, 3, 4, 5, 6].map((number) => `  'oslo-${number}': { role: 'agent', address: '10.0.0.${number}', nginx: true },\n`).join('')}}`;

const gateway = (settings: string) => ({ config: { gateway: `{ ${settings} }` } });

/** What `resolve` reports about TLS and certificates. */
export const resolveGatewayTlsDiagnostics = {
  'resolve/challenge-elsewhere': define<{ nodes: readonly string[] }>({
    severity: 'warning',
    fact: ({ nodes }) =>
      `a certificate challenge for ${nodes.join(', ')} is lost if it reaches another node, because no address is set`,
    hint: () =>
      'add its address, use tls.dns or tls.files, or point the DNS at one node and write nginx: false on the others',
    meaning:
      'The authority sends its challenge to an address from the DNS. A node that does not know the challenge asks the other nodes with nginx at their addresses. A node without an address cannot be asked, so it keeps its placeholder certificate.',
    example: { config: { nodes: several } },
  }),
  'resolve/certificates-per-week': define<{ asking: number; limit: number }>({
    severity: 'warning',
    fact: ({ asking, limit }) =>
      `${asking} nodes each ask for a certificate of the same names, but Let's Encrypt issues only ${limit} a week`,
    hint: ({ limit }) =>
      `run nginx on at most ${limit} nodes (nginx: false on the others), or give all of them one certificate with tls.files`,
    meaning:
      "Each node has its own key and certificate, and Let's Encrypt limits certificates for the same names, by any kind of challenge. The sixth node gets one after 34 hours and serves a placeholder until then. A recreated node needs another certificate.",
    example: { config: { nodes: six } },
  }),
  'resolve/wildcard-over-http': define<{ domain: string }>({
    severity: 'error',
    fact: ({ domain }) => `no authority gives a certificate for '${domain}' over port 80, only by DNS`,
    hint: () => 'set gateway.tls.dns with a plugin or a script for your DNS provider, or name each domain',
    meaning:
      'The placeholder would never be replaced, and clients would refuse it. With tls.files, a certificate of your own can have the wildcard.',
    example: {
      config: {
        functions: "{ pay: { image: 'ghcr.io/acme/pay:1', http: { domains: ['*.tenants.example.no'] } } }",
      },
    },
  }),
  'resolve/name-not-certified': define<{ domain: string; last: string }>({
    severity: 'error',
    fact: ({ domain, last }) =>
      `no public authority gives a certificate for '${domain}', because .${last} is not a public domain`,
    hint: () =>
      'write a name of a public domain that you own, or set gateway.tls.files or the directory of your own authority',
    meaning:
      'A public authority looks a name up in the public DNS, which does not have this ending. The placeholder would never be replaced, and clients would refuse it.',
    example: { config: { domain: "'fn.office.local'" } },
  }),
  'resolve/authority-unusable': define<{ name: string; why: string }>({
    severity: 'error',
    fact: ({ name, why }) => `the authority ${name} ${why}`,
    hint: () =>
      "remove directory to use Let's Encrypt, or get the certificate yourself and name it in gateway.tls.files",
    meaning:
      'External account binding (EAB) needs a key from your account with the authority. Fjord has no setting for it, so that certbot would be refused each time.',
    example: gateway("tls: { directory: 'https://acme.zerossl.com/v2/DV90' }"),
  }),
  'resolve/certificate-setting-unused': define<{ key: string }>({
    severity: 'error',
    fact: ({ key }) => `${key} applies only to issued certificates, but tls.files names your own`,
    hint: ({ key }) => `remove ${key}, or files`,
    meaning: 'No certificate is issued, so the setting would have no effect.',
    example: gateway(
      "tls: { files: { certificate: '/etc/ssl/a.pem', key: '/etc/ssl/a.key' }, email: 'ops@example.no' }",
    ),
  }),
  'resolve/certificate-sources': define<{ first: string; second: string }>({
    severity: 'error',
    fact: ({ first, second }) => `certificates cannot come from both ${first} and ${second}`,
    hint: ({ first, second }) => `remove ${first} or ${second}`,
    meaning: 'nginx serves one certificate for each name, so there can be only one source.',
    example: gateway(
      "tls: { issuer: 'letsencrypt', files: { certificate: '/etc/ssl/a.pem', key: '/etc/ssl/a.key' } }",
    ),
  }),
  'resolve/hsts-preload': define<{ days: number; includeSubDomains: boolean }>({
    severity: 'error',
    fact: ({ days, includeSubDomains }) =>
      `preload needs includeSubDomains and at least 365 days, not ${days} days and includeSubDomains: ${includeSubDomains}`,
    hint: () => 'set both, or remove preload',
    meaning:
      'Otherwise the preload lists of browsers refuse the name, and the header promises something that is not true.',
    example: gateway('tls: { hsts: { days: 30, preload: true } }'),
  }),
};
