import { report } from '../../../../diagnostics/report.ts';
import { at, confsOf } from '../../../nginx/conf.ts';
import { listeners } from '../../../nginx/listeners.ts';
import type { Rule } from '../../rule.ts';

/**
 * A name has addresses of both kinds, so each server listens on both, in the same way. Where the config says that there
 * is no IPv6, no server listens on it: nginx would not start.
 */
export const bothAddressFamilies: Rule = {
  name: 'both-address-families',
  harm: 'reachability',
  loss: 'Clients with IPv6, or those with IPv4, would find a dead port.',
  check: (dist) =>
    confsOf(dist).flatMap((conf) => {
      const all = listeners(conf.scopes);
      if (dist.lock.gateway.ipv6 === false) {
        return all
          .filter(({ socket }) => socket.startsWith('['))
          .map(({ socket, directive }) =>
            report('verify/listens-on-ipv6', [], { socket }, at(conf, directive)),
          );
      }
      return all.flatMap(({ server, socket, words, directive }) => {
        const other = otherFamily(socket);
        const isPaired = all.some(
          (one) => one.server === server && one.socket === other && sameWords(one.words, words),
        );
        if (other === undefined || isPaired) return [];
        return [report('verify/listens-on-one-family', [], { socket, other }, at(conf, directive))];
      });
    }),
};

function otherFamily(socket: string): string | undefined {
  if (socket.startsWith('*:')) return socket.replace('*', '[::]');
  return socket.startsWith('[::]:') ? socket.replace('[::]', '*') : undefined;
}

function sameWords(a: readonly string[], b: readonly string[]): boolean {
  const plain = (words: readonly string[]) =>
    words
      .filter((word) => !word.startsWith('ipv6only='))
      .sort()
      .join();
  return plain(a) === plain(b);
}
