import type { Directive } from '../../nginx/directive.ts';
import type { Scope } from '../../nginx/scope.ts';
import { everyDirective } from './conf.ts';

/** One `listen` of a server. */
export interface Listener {
  readonly server: Scope;
  readonly directive: Directive;
  /** The address as nginx tells sockets apart: `*:443`, `[::]:443`, `127.0.0.1:80`. */
  readonly socket: string;
  readonly words: readonly string[];
}

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

export function isSecure({ words }: Listener): boolean {
  return words.includes('ssl') || words.includes('quic');
}

/** Whether nobody but programs of the same machine reaches it. */
export function isLocal({ socket }: Listener): boolean {
  return /^(127\.|\[::1\]|unix:)/.test(socket);
}

/** Whether nobody but programs of the same machine reaches a server. */
export function isLocalServer(scopes: readonly Scope[], server: Scope | undefined): boolean {
  return listeners(scopes)
    .filter((listener) => listener.server === server)
    .every(isLocal);
}
