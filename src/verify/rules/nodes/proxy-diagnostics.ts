import { define } from '../../../diagnostics/definition.ts';
import { compileAgain } from '../../compile-again.ts';

/** What `verify` reports about the proxies of nodes. */
export const verifyProxyDiagnostics = {
  'verify/proxy-not-used': define<{ node: string; program: string }>({
    severity: 'error',
    fact: ({ node, program }) => `${program} on ${node} does not use the proxy that the lock file names`,
    hint: compileAgain,
    meaning:
      'The node reaches the internet only through its proxy. A program that does not use it waits for answers that never come.',
    example: {
      config: {
        nodes:
          "{ 'oslo-1': { provider: 'coolvds', country: 'NO', proxy: { url: 'http://proxy.corp.example:3128' } } }",
      },
      dist: {
        path: 'cloud-init/oslo-1.yaml#/usr/local/sbin/fjord-apply',
        from: '\nEnvironmentFile=/etc/rancher/k3s/proxy.env\n',
        to: '\n',
      },
    },
  }),
};
