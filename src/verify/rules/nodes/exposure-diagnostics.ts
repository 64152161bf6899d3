import { define } from '../../../diagnostics/definition.ts';
import { compileAgain } from '../../compile-again.ts';

const script = 'cloud-init/oslo-1.yaml#/usr/local/sbin/fjord-apply';

/** What `verify` reports about what outsiders and pods reach on nodes. */
export const verifyNodeExposureDiagnostics = {
  'verify/firewall-unreadable': define<{ node: string; message: string }>({
    severity: 'error',
    fact: ({ node, message }) => `the packet filter of ${node} cannot be checked: ${message}`,
    hint: compileAgain,
    meaning: 'A rule that Fjord does not understand may open anything, so it counts as if it did.',
    example: { dist: { path: script, from: 'udp dport 546 accept', to: 'udp dport 546 queue' } },
  }),
  'verify/socket-open': define<{
    node: string;
    protocol: string;
    port: string;
    from: 'anywhere' | readonly string[];
    by: string;
  }>({
    severity: 'error',
    fact: ({ node, protocol, port, from, by }) =>
      `${node}: ${port === 'every' ? 'every port' : `port ${port}`}${protocol === 'any' ? '' : `/${protocol}`} is open to ${
        from === 'anywhere' ? 'everyone' : from.join(', ')
      } (${by}), but is not declared open`,
    hint: compileAgain,
    meaning: 'Something listens there, and the packet filter lets strangers talk to it.',
    example: {
      dist: { path: script, from: 'tcp dport { 22, 80, 443 }', to: 'tcp dport { 22, 80, 443, 10250 }' },
    },
  }),
  'verify/socket-closed': define<{ node: string; socket: string; from: string }>({
    severity: 'error',
    fact: ({ node, socket, from }) =>
      `${node}: ${socket} is declared open${from === 'anywhere' ? '' : ` to ${from}`}, but the packet filter blocks it`,
    hint: compileAgain,
    meaning: 'Callers could not reach the platform, or you could not reach the node to repair it.',
    example: { dist: { path: script, from: 'tcp dport { 22, 80, 443 }', to: 'tcp dport { 22, 80 }' } },
  }),
  'verify/status-page-open': define<{ node: string; listen: string }>({
    severity: 'error',
    fact: ({ node, listen }) => `${node}: nginx shows its status on ${listen}, which is not loopback`,
    hint: compileAgain,
    meaning:
      'The page tells strangers how busy the platform is, and helps them find out what makes it busier.',
    example: {
      config: { gateway: '{ statusPort: 8090 }' },
      dist: { path: script, from: 'listen 127.0.0.1:8090', to: 'listen 127.0.0.2:8090' },
    },
  }),
  'verify/exposed': define<{ object: string; how: string }>({
    severity: 'error',
    fact: ({ object, how }) => `${object} can be reached from outside without passing nginx: ${how}`,
    hint: compileAgain,
    meaning: 'Calls that do not go through nginx have no TLS, no limit and no list of functions.',
    example: { dist: { path: 'manifests/50-gateway.yaml', from: 'type: ClusterIP', to: 'type: NodePort' } },
  }),
};
