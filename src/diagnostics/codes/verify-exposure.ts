import { define } from '../definition.ts';
import { compileAgain } from './verify.ts';

/** What can be opened from beyond a node, against what is meant to be. */
export const exposureCodes = {
  'verify/firewall-unreadable': define<{ node: string; message: string }>({
    severity: 'error',
    fact: ({ node, message }) => `the packet filter of ${node} cannot be checked: ${message}`,
    hint: compileAgain,
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
  }),
  'verify/socket-closed': define<{ node: string; socket: string; from: string }>({
    severity: 'error',
    fact: ({ node, socket, from }) =>
      `${node}: ${socket} is declared open${from === 'anywhere' ? '' : ` to ${from}`}, but the packet filter blocks it`,
    hint: compileAgain,
  }),
  'verify/packets-leave': define<{ node: string; packet: string }>({
    severity: 'error',
    fact: ({ node, packet }) => `${node}: the packet filter does not stop ${packet}`,
    hint: compileAgain,
  }),
  'verify/packets-passed-on': define<{ node: string; packet: string }>({
    severity: 'error',
    fact: ({ node, packet }) => `${node}: the packet filter passes on ${packet}`,
    hint: compileAgain,
  }),
  'verify/packets-lost': define<{ node: string; packet: string }>({
    severity: 'error',
    fact: ({ node, packet }) => `${node}: the packet filter stops ${packet}`,
    hint: compileAgain,
  }),
  'verify/status-page-open': define<{ node: string; listen: string }>({
    severity: 'error',
    fact: ({ node, listen }) => `${node}: nginx shows its status on ${listen}, which is not loopback`,
    hint: compileAgain,
  }),
};
