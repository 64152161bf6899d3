import type { Directive } from '../../../nginx/directive.ts';
import type { Scope } from '../../../nginx/scope.ts';
import { atLeast, until } from '../../../nginx/versions.ts';
import { everyDirective, finding, type NginxRule } from './nginx-rule.ts';

interface Listener {
  readonly server: Scope;
  readonly directive: Directive;
  /** The address as nginx tells sockets apart: `*:443`, `[::]:443`, `127.0.0.1:80`. */
  readonly socket: string;
  readonly words: readonly string[];
}

/** A name has both kinds of address; a server that hears one of them only is a dead port to half of its clients. */
export const listenPairs: NginxRule = {
  name: 'listen-pairs',
  check: (scopes) => {
    const all = listeners(scopes);
    return all.flatMap((listener) => {
      const other = otherFamily(listener.socket);
      const paired = all.some(
        ({ server, socket, words }) =>
          server === listener.server && socket === other && sameWords(words, listener.words),
      );
      if (other === undefined || paired) return [];
      return [
        finding(`listens on ${listener.socket} and not, in the same way, on ${other}`, listener.directive),
      ];
    });
  },
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

/** Where several servers share a socket, one is the answer to names that are none of them; say which. */
export const oneDefaultServer: NginxRule = {
  name: 'one-default-server',
  check: (scopes) =>
    [...bySocket(scopes)].flatMap(([socket, sharing]) => {
      const chosen = sharing.filter(isDefault).length;
      if (chosen === 1 || sharing.length === 1) return [];
      const count = chosen === 0 ? 'none of them is the' : `${chosen} of them are`;
      return [
        finding(
          `${sharing.length} servers listen on ${socket}, and ${count} default_server`,
          sharing[0]?.directive,
        ),
      ];
    }),
};

/** Forms that this nginx warns of. */
export const currentForms: NginxRule = {
  name: 'current-forms',
  check: (scopes, { nginx }) =>
    until.flatMap((row) =>
      everyDirective(scopes, row.directive)
        .filter(({ directive }) => directive.args.includes(row.argument) && atLeast(nginx, row.until))
        .map(({ directive }) =>
          finding(
            `"${row.directive} … ${row.argument}" is "${row.instead}" since nginx ${row.until}`,
            directive,
          ),
        ),
    ),
};

export function listeners(scopes: readonly Scope[]): Listener[] {
  return everyDirective(scopes, 'listen').map(({ directive, scope }) => {
    const [address = '', ...words] = directive.args;
    return { server: scope, directive, socket: socketOf(address), words };
  });
}

function socketOf(address: string): string {
  if (/^\d+$/.test(address)) return `*:${address}`;
  if (address.startsWith('unix:')) return address;
  const withPort = /:\d+$/.test(address) && !address.endsWith(']') ? address : `${address}:80`;
  return withPort.replace(/^0\.0\.0\.0:/, '*:');
}

/** By socket, TCP and UDP apart: QUIC shares its number with TLS, and nothing else. */
export function bySocket(scopes: readonly Scope[]): Map<string, Listener[]> {
  const sockets = new Map<string, Listener[]>();
  for (const listener of listeners(scopes)) {
    const key = listener.words.includes('quic') ? `${listener.socket}/udp` : listener.socket;
    sockets.set(key, [...(sockets.get(key) ?? []), listener]);
  }
  return sockets;
}

export function isDefault({ words }: Listener): boolean {
  return words.includes('default_server');
}
