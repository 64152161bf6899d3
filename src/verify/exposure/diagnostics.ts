import { define } from '../../diagnostics/definition.ts';
import { compileAgain } from '../compile-again.ts';

const script = 'cloud-init/oslo-1.yaml#/usr/local/sbin/fjord-apply';

/** What `verify` reports. */
export const verifyExposureDiagnostics = {
  'verify/packets-leave': define<{ node: string; packet: string }>({
    severity: 'error',
    fact: ({ node, packet }) => `${node} does not stop ${packet}`,
    hint: compileAgain,
    meaning:
      'A Service has an address only as long as kube-proxy replaces it. Without it the packet, with its headers and its body, goes to the next router, and anyone there can answer.',
    example: {
      dist: {
        path: script,
        from: '    ip daddr 10.43.0.0/16 goto refuse\n',
        to: '    ip daddr 10.43.0.0/17 goto refuse\n',
      },
    },
  }),
  'verify/packets-passed-on': define<{ node: string; packet: string }>({
    severity: 'error',
    fact: ({ node, packet }) => `${node} forwards ${packet}`,
    hint: compileAgain,
    meaning:
      'Whoever is in the same network as the node could reach pods and Services past nginx, by a route that leads through the node.',
    example: {
      dist: {
        path: script,
        from: 'hook forward priority filter; policy drop',
        to: 'hook forward priority filter; policy accept',
      },
    },
  }),
  'verify/packets-lost': define<{ node: string; packet: string }>({
    severity: 'error',
    fact: ({ node, packet }) => `${node} drops ${packet}`,
    hint: compileAgain,
    meaning: 'The platform needs such packets: something would time out.',
    example: {
      dist: {
        path: script,
        from: 'iifname cni0 oifname cni0 accept',
        to: 'iifname cni0 oifname cni0 drop',
      },
    },
  }),
};
