import { define } from '../../../../diagnostics/definition.ts';
import { compileAgain } from '../../../compile-again.ts';

const path = 'nginx/openfaas.conf';
const tls = 'ECDHE-ECDSA-AES128-GCM-SHA256:';

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
