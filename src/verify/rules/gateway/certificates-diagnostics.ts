import { define } from '../../../diagnostics/definition.ts';
import { compileAgain } from '../../compile-again.ts';

const nodes = `{
  'oslo-1': { role: 'server', address: '10.0.0.1' },
  'oslo-2': { role: 'agent', address: '10.0.0.2', nginx: true },
}`;

const path = 'nginx/openfaas.conf';

/** What `verify` reports about certificates, and the challenges that prove whose a domain is. */
export const verifyGatewayCertificatesDiagnostics = {
  'verify/challenge-not-passed-on': define<{ node: string }>({
    severity: 'error',
    fact: ({ node }) => `nginx does not ask ${node} for challenges that it cannot answer itself`,
    hint: compileAgain,
    meaning:
      'A challenge for this node that reaches another node would be lost, so this node would keep its placeholder certificate.',
    example: { config: { nodes }, dist: { path, from: '    server 10.0.0.2:80 max_fails=0;', to: '' } },
  }),
  'verify/challenges-in-circles': define<{ host: string }>({
    severity: 'error',
    fact: ({ host }) =>
      `nginx passes challenges on for host ${host}, which no server answers, so they could loop`,
    hint: compileAgain,
    meaning: 'Each node would ask all of the others again, so a single request would occupy them all.',
    example: {
      config: { nodes },
      dist: { path, from: 'proxy_set_header Host challenges.invalid', to: 'proxy_set_header Host $host' },
    },
  }),
  'verify/challenge-not-served': define<{ node: string; webroot: string; roots: string }>({
    severity: 'error',
    fact: ({ node, webroot, roots }) =>
      `certbot on ${node} puts challenges into ${webroot}, but nginx looks in ${roots}`,
    hint: compileAgain,
    meaning: 'The certificate authority would not find the challenge, so there would be no certificate.',
    example: {
      dist: {
        path: 'cloud-init/oslo-1.yaml#/usr/local/sbin/openfaas-tls',
        from: '--webroot-path /var/www/letsencrypt',
        to: '--webroot-path /var/www/html',
      },
    },
  }),
  'verify/upstream-is-no-node': define<{ server: string; nodes: readonly string[] }>({
    severity: 'error',
    fact: ({ server, nodes }) =>
      `nginx asks ${server} for challenges, but the nodes with nginx are at ${nodes.join(', ') || 'no known address'}`,
    hint: compileAgain,
    meaning: 'nginx would ask a stranger for a challenge, and so for the proof that the domain is yours.',
    example: { config: { nodes }, dist: { path, from: '10.0.0.2:80', to: '203.0.113.9:80' } },
  }),
  'verify/certificate-not-made': define<{ node: string; file: string }>({
    severity: 'error',
    fact: ({ node, file }) => `${node}: nginx reads ${file}, which no script of the node creates`,
    hint: compileAgain,
    meaning: 'nginx does not start if one of the certificates that it names is missing.',
    example: {
      dist: {
        path: 'cloud-init/oslo-1.yaml#/usr/local/sbin/fjord-apply',
        from: 'privkey.pem;',
        to: 'key.pem;',
      },
    },
  }),
  'verify/certificate-of-other-names': define<{ node: string; asked: string; served: string }>({
    severity: 'error',
    fact: ({ node, asked, served }) =>
      `the certificates of ${node} are for ${asked}, but nginx serves ${served}`,
    hint: compileAgain,
    meaning: 'Browsers refuse a certificate that is not for the name that they called.',
    example: {
      dist: {
        path: 'cloud-init/oslo-1.yaml#/usr/local/sbin/openfaas-tls',
        from: 'domains=(',
        to: 'domains=(www.',
      },
    },
  }),
};
