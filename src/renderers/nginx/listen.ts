import { directive, type Statement } from '../../nginx/directive.ts';
import type { Platform } from '../../platform/platform.ts';

/** `listen` for a port of all addresses: of IPv4, and of IPv6 unless the config says that there is none. */
export function listenOn({ gateway }: Platform, port: number, ...words: readonly string[]): Statement[] {
  const all = gateway.trustedProxies?.proxyProtocol ? [...words, 'proxy_protocol'] : words;
  return [
    directive('listen', String(port), ...all),
    ...(gateway.ipv6 ? [directive('listen', `[::]:${port}`, ...all)] : []),
  ];
}
