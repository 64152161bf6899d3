import type { CorsConfig, FunctionAuthConfig, FunctionHttpConfig } from '../../config/functions/http.ts';
import { parseDuration } from '../../units/duration.ts';
import { type Insider, outsidersOf } from '../gateway/insiders.ts';
import { resolveRateLimit } from '../gateway/rate-limit.ts';
import type { Cors, FunctionAuth, FunctionHttp } from './http.ts';

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
    exposeHeaders: written.exposeHeaders ?? [],
    credentials: written.credentials ?? false,
    maxAge: Math.round(parseDuration(written.maxAge ?? '10m') / 1000),
  };
}
