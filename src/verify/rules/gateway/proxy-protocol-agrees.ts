import { report } from '../../../diagnostics/report.ts';
import { at, clientConfsOf, everyDirective } from '../../nginx/conf.ts';
import { isLocal, listeners } from '../../nginx/listeners.ts';
import type { Rule } from '../rule.ts';

/** Where nginx takes clients' addresses from the PROXY protocol, each of its sockets expects it, and else none does. */
export const proxyProtocolAgrees: Rule = {
  name: 'proxy-protocol-agrees',
  harm: 'reachability',
  loss: 'Each connection would be closed at once, or all clients would share the limits of one address.',
  check: (dist) =>
    clientConfsOf(dist).flatMap((conf) => {
      const wanted = everyDirective(conf.scopes, 'real_ip_header').some(
        ({ directive: { args } }) => args[0] === 'proxy_protocol',
      );
      return listeners(conf.scopes)
        .filter((one) => !isLocal(one) && !one.words.includes('quic'))
        .filter(({ words }) => words.includes('proxy_protocol') !== wanted)
        .map(({ socket, directive }) =>
          report('verify/proxy-protocol-differs', [], { socket, wanted }, at(conf, directive)),
        );
    }),
};
