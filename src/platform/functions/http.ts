import type { CorsConfig, FunctionAuthConfig, FunctionHttpConfig } from '../../config/functions/http.ts';
import type { PlatformConfig } from '../../config/platform-config.ts';
import type { ConfigPath, Diagnostic } from '../../diagnostics/diagnostic.ts';
import { report } from '../../diagnostics/report.ts';
import { parseDuration } from '../../units/amounts.ts';
import { type Insider, insidersOf, type Outsiders, outsidersOf } from '../gateway/insiders.ts';
import { diagnoseAllowed } from '../gateway/networks.ts';
import { diagnoseRateLimit, type RateLimit, resolveRateLimit } from '../gateway/rate-limit.ts';
import { sortedEntries } from '../sorted-entries.ts';
import { diagnoseCors } from './cors.ts';
import { diagnoseOrigins } from './origins.ts';

/** How nginx offers one function. */
export interface FunctionHttp {
  /** By name. */
  readonly domains: readonly string[];
  /** By name, without `/` at the end. */
  readonly paths: readonly string[];
  /** None: from everywhere. */
  readonly networks: Outsiders;
  readonly auth: FunctionAuth | undefined;
  /** Undefined: the gateway's. */
  readonly rateLimit: RateLimit | undefined;
  readonly cors: Cors | undefined;
  readonly stream: boolean;
  readonly websocket: boolean;
}

export type FunctionAuth =
  | { readonly kind: 'password'; readonly file: string }
  | { readonly kind: 'certificate' }
  | { readonly kind: 'function'; readonly name: string };

export interface Cors {
  readonly origins: readonly string[];
  readonly methods: readonly string[];
  readonly headers: readonly string[];
  readonly exposeHeaders: readonly string[];
  readonly credentials: boolean;
  /** Whole seconds. */
  readonly maxAge: number;
}

/** How nginx offers a function, with its defaults. */
export function resolveFunctionHttp(
  written: FunctionHttpConfig = {},
  insiders: readonly Insider[],
): FunctionHttp {
  return {
    domains: [...(written.domains ?? [])].sort(),
    paths: [...(written.paths ?? [])].sort(),
    networks: outsidersOf(written.networks ?? [], insiders),
    auth: written.auth && functionAuth(written.auth),
    rateLimit: written.rateLimit && resolveRateLimit(written.rateLimit),
    cors: written.cors && cors(written.cors),
    stream: written.stream ?? false,
    websocket: written.websocket ?? false,
  };
}

function functionAuth(auth: FunctionAuthConfig): FunctionAuth | undefined {
  if (auth.passwordFile !== undefined) return { kind: 'password', file: auth.passwordFile };
  if (auth.clientCertificate) return { kind: 'certificate' };
  return auth.function === undefined ? undefined : { kind: 'function', name: auth.function };
}

function cors(written: CorsConfig): Cors {
  return {
    origins: [...written.origins].sort(),
    methods: written.methods ?? ['GET', 'HEAD', 'POST'],
    headers: written.headers ?? ['Content-Type'],
    exposeHeaders: exposed(written.exposeHeaders),
    credentials: written.credentials ?? false,
    maxAge: Math.round(parseDuration(written.maxAge ?? '10m') / 1000),
  };
}

/** nginx itself answers with `Retry-After`, which browsers hide from pages unless it is named. */
function exposed(written: readonly string[] = []): string[] {
  const has = written.some((name) => name.toLowerCase() === 'retry-after');
  return has ? [...written] : [...written, 'Retry-After'];
}

/** Reports contradictions in the `http` of functions. */
export function diagnoseFunctionHttp(config: PlatformConfig): Diagnostic[] {
  const insiders = insidersOf(config);
  return [
    ...sortedEntries(config.functions).flatMap(([name, { http = {}, direct }]) => {
      const path = ['functions', name, 'http'];
      const diagnostics = [
        ...diagnoseRateLimit(http.rateLimit, [...path, 'rateLimit']),
        ...diagnoseAllowed(http.networks ?? [], [...path, 'networks'], insiders),
        ...diagnoseOrigins(http.cors?.origins ?? [], [...path, 'cors', 'origins']),
        ...diagnoseCors(http.cors, [...path, 'cors']),
        ...diagnoseAuth(http.auth, [...path, 'auth'], name, config),
      ];
      const throughGateway = direct === undefined || direct === false;
      if (http.websocket && throughGateway && config.openfaas?.edition !== 'pro') {
        diagnostics.push(report('resolve/no-websocket', [...path, 'websocket'], { name }));
      }
      return diagnostics;
    }),
    ...diagnoseNames(config),
  ];
}

function diagnoseAuth(
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

/** Paths of the platform's domain that functions cannot have. */
export const reservedPaths = [
  '/function',
  '/async-function',
  '/system',
  '/ui',
  '/healthz',
  '/.well-known',
  '/_fjord',
];

/** Each domain and each path leads to one thing. */
function diagnoseNames(config: PlatformConfig): Diagnostic[] {
  const owners = new Map<string, string>([[config.domain, "the platform's own"]]);
  return sortedEntries(config.functions).flatMap(([name, { http = {} }]) => {
    const { domains = [], paths = [] } = http;
    const self = `that of function '${name}'`;
    const take = (wanted: string, place: ConfigPath): Diagnostic[] => {
      const owner = owners.get(wanted);
      owners.set(wanted, owner ?? self);
      // `check` refuses the same one twice in a list.
      return owner === undefined || owner === self
        ? []
        : [report('resolve/http-name-taken', place, { wanted, owner })];
    };
    return [
      ...domains.flatMap((domain, index) => take(domain, ['functions', name, 'http', 'domains', index])),
      ...paths.flatMap((wanted, index) => {
        const place = ['functions', name, 'http', 'paths', index];
        const first = reservedPaths.find((own) => wanted === own || wanted.startsWith(`${own}/`));
        if (first === undefined) return take(wanted, place);
        return [report('resolve/http-path-reserved', place, { wanted, reserved: first })];
      }),
    ];
  });
}
