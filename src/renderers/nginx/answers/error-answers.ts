import type { PlatformFunction } from '../../../platform/functions/function.ts';
import type { Cors } from '../../../platform/functions/http.ts';
import type { RateLimit } from '../../../platform/gateway/rate-limit.ts';
import type { Platform } from '../../../platform/platform.ts';
import { inVariable } from '../text.ts';

/** One kind of nginx's error answers: a location that answers in JSON, and one that answers with a page. */
export interface ErrorAnswer {
  /** The suffix of its locations and variable; empty for the server's default. */
  readonly key: string;
  /** The rate limit from which `Retry-After` is derived. */
  readonly limit: RateLimit;
  /** The CORS policy of the function: whose pages may read the answer. */
  readonly cors?: { readonly name: string; readonly of: Cors };
  /** Status and text, if not those of the error. */
  readonly fixed?: { readonly status: string; readonly text: string };
}

const certificate = { status: '403', text: 'a client certificate is needed' };
const forbidden = { status: '403', text: 'forbidden' };

/** The answer where no location has its own: in the server of one function, that function's. */
function plainAnswer(
  { gateway }: Platform,
  functions: readonly PlatformFunction[],
  admin: boolean,
): ErrorAnswer {
  const { name, http } = (admin ? undefined : functions[0]) ?? {};
  const cors = name !== undefined && http?.cors !== undefined && { name, of: http.cors };
  return { key: '', limit: gateway.rateLimit, ...(cors && { cors }) };
}

/**
 * Lists the error answers that a server with these functions needs.
 *
 * @param admin true if the server also has the admin locations
 */
export function errorAnswersOf(
  platform: Platform,
  functions: readonly PlatformFunction[],
  admin = false,
): ErrorAnswer[] {
  const { gateway } = platform;
  const { rateLimit } = gateway;
  const shared =
    (admin && gateway.admin?.clientCertificate) ||
    functions.some(({ http }) => http.auth?.kind === 'certificate' && http.cors === undefined);
  return [
    plainAnswer(platform, functions, admin),
    ...(shared ? [{ key: 'no_certificate', limit: rateLimit, fixed: certificate }] : []),
    ...functions.flatMap(({ name, http }): ErrorAnswer[] => {
      const limit = http.rateLimit ?? rateLimit;
      if (http.cors === undefined)
        return limit.retryAfter === rateLimit.retryAfter ? [] : [{ key: keyOf(name), limit }];
      const of = { limit, cors: { name, of: http.cors } };
      return [
        { key: keyOf(name), ...of },
        { key: `forbidden_${keyOf(name)}`, fixed: forbidden, ...of },
        ...(http.auth?.kind === 'certificate'
          ? [{ key: `no_certificate_${keyOf(name)}`, fixed: certificate, ...of }]
          : []),
      ];
    }),
  ];
}

/** The key of the answers of a function with CORS. */
export function answersOfFunction({ name }: PlatformFunction): string {
  return keyOf(name);
}

function keyOf(name: string): string {
  return `fn_${inVariable(name)}`;
}

/** The named location that answers in JSON. */
export function placeOf(key: string): string {
  return key === '' ? '@openfaas_error' : `@openfaas_error_${key}`;
}

/** The named location with the platform's own page. */
export function pageOf(key: string): string {
  return key === '' ? '@openfaas_page' : `@openfaas_page_${key}`;
}

/** The variable with one of the two, chosen by what the client accepts. */
export function answerVariable(key: string): string {
  return key === '' ? '$openfaas_answer' : `$openfaas_answer_${key}`;
}

/** The target of an error_page. */
export function answerPlace({ gateway }: Platform, key: string): string {
  return gateway.errorPage === undefined ? placeOf(key) : answerVariable(key);
}

/** The target for a 403 that may be a CORS preflight. */
export function forbiddenPlace(platform: Platform, name: string): string {
  return answerPlace(platform, `forbidden_${keyOf(name)}`);
}
