import type { PlatformConfig } from '../../config/platform-config.ts';
import type { ConfigPath, Diagnostic } from '../../diagnostics/diagnostic.ts';
import { report } from '../../diagnostics/report.ts';
import { nearest } from '../../diagnostics/suggest.ts';
import { containsNetwork, isPrivateAddress, parseNetwork } from '../../units/network.ts';
import { ports } from '../openfaas/ports.ts';

/** The header's values that a caller may send, sorted: each callback as the queue worker calls it. */
export function resolveCallbacks(written: readonly string[] = []): string[] {
  return written.map(callbackUrl).sort();
}

/** A function is called through the gateway. */
function callbackUrl(callback: string): string {
  return isAddress(callback) ? callback : `http://gateway.openfaas:${ports.gateway}/function/${callback}`;
}

export function isAddress(callback: string): boolean {
  return callback.startsWith('https://');
}

/** Reports callbacks that nobody can name, that lead to no function, or that the queue worker cannot reach. */
export function diagnoseCallbacks(name: string, { functions, openfaas = {} }: PlatformConfig): Diagnostic[] {
  const { callbacks, async } = functions[name] ?? {};
  if (callbacks === undefined) return [];
  const path = ['functions', name, 'callbacks'];
  const names = Object.keys(functions);
  // nginx compares without case.
  const known = callbacks.map((callback) => callbackUrl(callback).toLowerCase());
  return [
    ...(async === true ? [] : [report('resolve/callbacks-without-queue', path, { name }, { at: 'key' })]),
    ...callbacks.flatMap((callback, index): Diagnostic[] => {
      const at = [...path, index];
      const first = known.indexOf(known[index] ?? '');
      if (first < index)
        return [report('resolve/callback-twice', at, { callback, first: callbacks[first] ?? '' })];
      if (isAddress(callback)) return diagnoseHost(callback, at, openfaas.callbackNetworks);
      if (names.includes(callback)) return [];
      return [
        report('resolve/callback-unknown', at, { name, callback, suggestion: nearest(callback, names) }),
      ];
    }),
  ];
}

/** Names that only this cluster or one machine knows. */
const inside = /^[^.]+$|\.(svc|local|localhost)$/i;

function diagnoseHost(
  callback: string,
  at: ConfigPath,
  networks: readonly string[] | undefined,
): Diagnostic[] {
  if (!URL.canParse(callback)) return [report('resolve/callback-unreachable', at, { callback })];
  const { hostname } = new URL(callback);
  const address = /^[\d.]+$/.test(hostname) ? parseNetwork(`${hostname}/32`) : undefined;
  const reached =
    address === undefined
      ? !inside.test(hostname)
      : networks === undefined
        ? !isPrivateAddress(hostname) &&
          !/^(0|127|169\.254|168\.63\.129\.16|22[4-9]|2[3-5]\d)\b/.test(hostname)
        : networks.some((network) => {
            const outer = parseNetwork(network);
            return outer !== undefined && containsNetwork(outer, address);
          });
  return reached ? [] : [report('resolve/callback-unreachable', at, { callback })];
}
