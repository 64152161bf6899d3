import type { FunctionAuthConfig } from '../../config/functions/http.ts';
import type { PlatformConfig } from '../../config/platform-config.ts';
import type { ConfigPath, Diagnostic } from '../../diagnostics/diagnostic.ts';
import { report } from '../../diagnostics/report.ts';
import { checkAllowed } from '../gateway/check-network.ts';
import { insidersOf } from '../gateway/insiders.ts';
import { checkRateLimit } from '../gateway/rate-limit.ts';
import { sortedEntries } from '../sorted-entries.ts';

/** What does not go together in the `http` of functions. */
export function checkFunctionHttp(config: PlatformConfig): Diagnostic[] {
  const insiders = insidersOf(config);
  return [
    ...sortedEntries(config.functions).flatMap(([name, { http = {}, direct }]) => {
      const path = ['functions', name, 'http'];
      const diagnostics = [
        ...checkRateLimit(http.rateLimit, [...path, 'rateLimit']),
        ...checkAllowed(http.networks ?? [], [...path, 'networks'], insiders),
        ...checkAuth(http.auth, [...path, 'auth'], name, config),
      ];
      const throughGateway = direct === undefined || direct === false;
      if (http.websocket && throughGateway && config.openfaas?.edition !== 'pro') {
        diagnostics.push(report('resolve/no-websocket', [...path, 'websocket'], { name }));
      }
      return diagnostics;
    }),
    ...checkNames(config),
  ];
}

function checkAuth(
  auth: FunctionAuthConfig | undefined,
  path: ConfigPath,
  name: string,
  config: PlatformConfig,
): Diagnostic[] {
  if (auth === undefined) return [];
  const ways = (['passwordFile', 'clientCertificate', 'function'] as const).filter(
    (way) => auth[way] !== undefined,
  );
  if (ways.length !== 1) return [report('resolve/auth-ways', path, { ways })];
  if (auth.clientCertificate && config.gateway?.tls?.clientCa === undefined) {
    return [report('resolve/client-ca-missing', [...path, 'clientCertificate'], undefined)];
  }
  const asked = auth.function;
  if (asked === undefined) return [];
  if (asked === name) return [report('resolve/auth-of-itself', [...path, 'function'], { name })];
  const functions = Object.keys(config.functions).sort();
  if (functions.includes(asked)) return [];
  return [report('resolve/auth-function-unknown', [...path, 'function'], { asked, functions })];
}

/** What of the platform's domain is not for functions to take. */
const reserved = ['/function', '/async-function', '/system', '/ui', '/healthz', '/.well-known', '/_fjord'];

/** Each domain and each path leads to one thing. */
function checkNames(config: PlatformConfig): Diagnostic[] {
  const owners = new Map<string, string>([[config.domain, "the platform's own"]]);
  return sortedEntries(config.functions).flatMap(([name, { http = {} }]) => {
    const { domains = [], paths = [] } = http;
    const self = `that of function '${name}'`;
    const take = (wanted: string, place: ConfigPath): Diagnostic[] => {
      const owner = owners.get(wanted);
      owners.set(wanted, owner ?? self);
      // The same one twice in a list is refused before.
      return owner === undefined || owner === self
        ? []
        : [report('resolve/http-name-taken', place, { wanted, owner })];
    };
    return [
      ...domains.flatMap((domain, index) => take(domain, ['functions', name, 'http', 'domains', index])),
      ...paths.flatMap((wanted, index) => {
        const place = ['functions', name, 'http', 'paths', index];
        const first = reserved.find((own) => wanted === own || wanted.startsWith(`${own}/`));
        if (first === undefined) return take(wanted, place);
        return [report('resolve/http-path-reserved', place, { wanted, reserved: first })];
      }),
    ];
  });
}
