import { define } from '../../../../diagnostics/definition.ts';
import { compileAgain } from '../../../compile-again.ts';

const path = 'nginx/openfaas.conf';
const tls = 'ECDHE-ECDSA-AES128-GCM-SHA256:';

const behindBalancer = {
  gateway: "{ tls: { endedBy: 'load-balancer' }, trustedProxies: { networks: ['10.0.1.0/24'] } }",
};

/** What `verify` reports about nginx's confs: certificates and how calls are encrypted. */
export const verifyNginxEncryptionDiagnostics = {
  'verify/certificate-not-own': define<{ name: string; file: string }>({
    severity: 'error',
    fact: ({ name, file }) => `the server of ${name} uses ${file}, which belongs to another name`,
    hint: compileAgain,
    meaning:
      'Clients refuse a certificate of another name, and nginx refuses a key that does not fit its certificate.',
    example: {
      dist: { path, from: 'tls/functions.example.no/privkey.pem', to: 'tls/other.example.no/privkey.pem' },
    },
  }),
  'verify/answered-in-the-clear': define<{ place: string; whom: string }>({
    severity: 'error',
    fact: ({ place, whom }) => `${place} answers ${whom}`,
    hint: compileAgain,
    meaning:
      'Behind a load balancer that ends TLS, nginx speaks plain HTTP. Only the balancer may be answered, and of its calls only those whose client used TLS; all others would send passwords and data in the clear.',
    example: {
      config: behindBalancer,
      dist: { path, from: 'if ($openfaas_stranger)', to: 'if ($openfaas_in_clear)' },
    },
  }),
  'verify/balancer-unknown': define<{ entry: string }>({
    severity: 'error',
    fact: ({ entry }) => `nginx takes others for the load balancer: ${entry}`,
    hint: compileAgain,
    meaning:
      'The lock file names the networks of the load balancer. Whoever else is taken for it calls unencrypted, and can claim to be any client.',
    example: { config: behindBalancer, dist: { path, from: '10.0.1.0/24 0;', to: '10.0.0.0/8 0;' } },
  }),
  'verify/scheme-believed': define<{ variable: string }>({
    severity: 'error',
    fact: ({ variable }) => `the map of ${variable} takes calls without TLS for calls with it`,
    hint: compileAgain,
    meaning:
      'Only X-Forwarded-Proto: https shows that a client came to the load balancer with TLS. Everything else is led to HTTPS, except health checks, which nginx answers itself.',
    example: { config: behindBalancer, dist: { path, from: 'https "";', to: 'http "";' } },
  }),
  'verify/tls-weak': define<{ server: string; offered: string }>({
    severity: 'error',
    fact: ({ server, offered }) => `${server} accepts ${offered}, which is too weak`,
    hint: compileAgain,
    meaning:
      "Mozilla's guideline has TLS 1.2 and later, ciphers with forward secrecy, and keys of session tickets that change. Anything weaker lets somebody on the way read calls, now or later.",
    example: { dist: { path, from: tls, to: `AES128-SHA:${tls}` } },
  }),
  'verify/tls-of-default-server': define<{ server: string; socket: string }>({
    severity: 'error',
    fact: ({ server, socket }) => `${server} has other ssl_protocols than the default server of ${socket}`,
    hint: compileAgain,
    meaning:
      'Before nginx 1.29.2 a handshake follows the default server of its socket, so the other setting would have no effect.',
    example: { dist: { path, from: 'ssl_protocols TLSv1.2 TLSv1.3', to: 'ssl_protocols TLSv1.3' } },
  }),
  'verify/certificate-never-asked': define<{ missing: string }>({
    severity: 'error',
    fact: ({ missing }) => `a location needs a client certificate, but its server has no "${missing}"`,
    hint: compileAgain,
    meaning:
      'A client only shows a certificate if the server asks for one, so every call would be refused with 401.',
    example: {
      config: {
        gateway:
          "{ tls: { issuer: 'letsencrypt', email: 'ops@example.no', clientCa: '/etc/nginx/clients.pem' }, admin: { clientCertificate: true } }",
      },
      dist: { path, from: '    ssl_verify_client optional;', to: '' },
    },
  }),
};
