import { block, directive, type Statement } from '../../../nginx/directive.ts';
import { isForEverySite } from '../../../platform/functions/cors.ts';
import type { PlatformFunction } from '../../../platform/functions/function.ts';
import type { Cors } from '../../../platform/functions/http.ts';
import type { Platform } from '../../../platform/platform.ts';
import { forbiddenPlace } from '../answers/error-answers.ts';
import { repeatedHeaders } from '../headers.ts';
import { inVariable, said } from '../text.ts';

/** Maps the allowed origins, and the location for a refusal: OPTIONS is refused, so that it gets to its own location. */
export function corsMaps(platform: Platform): Statement[] {
  return platform.functions.flatMap(({ name, http }) => {
    if (http.cors === undefined) return [];
    return [
      ...originMap(name, http.cors),
      block(
        'map',
        ['$request_method', `$openfaas_refused_${inVariable(name)}`],
        [directive('default', forbiddenPlace(platform, name)), directive('OPTIONS', preflight(name))],
      ),
    ];
  });
}

/** The origin of a page, if it may read answers. Names below a domain are those that a browser sends: small letters. */
function originMap(name: string, { origins }: Cors): Statement[] {
  if (isForEverySite(origins)) return [];
  const entries = origins.map((origin) => {
    const [scheme, below] = said(origin).split('*');
    return below === undefined
      ? directive(said(origin), said(origin))
      : directive(`~^${scheme}(?:[a-z0-9-]+[.])+${below.slice(1).replaceAll('.', '[.]')}$`, '$http_origin');
  });
  return [
    block(
      'map',
      ['$http_origin', `$openfaas_origin_${inVariable(name)}`],
      [directive('default', ''), ...entries],
    ),
  ];
}

function preflight(name: string): string {
  return `/_fjord/preflight/${name}`;
}

/** Headers in the function's own locations. Those of the function are dropped, because browsers refuse duplicates. */
export function corsHeaders(platform: Platform, { name, http }: PlatformFunction): Statement[] {
  if (http.cors === undefined) return [];
  return [
    ...readableBy(name, http.cors),
    ...repeatedHeaders(platform),
    directive('proxy_hide_header', 'Access-Control-Allow-Origin'),
    directive('proxy_hide_header', 'Access-Control-Allow-Credentials'),
    directive('proxy_hide_header', 'Access-Control-Expose-Headers'),
  ];
}

/** Refuses OPTIONS, so that the error page, which answers it, is used. */
export function corsMethods({ http }: PlatformFunction): Statement[] {
  if (http.cors === undefined) return [];
  return [block('limit_except', ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'], [directive('deny', 'all')])];
}

/** The page for 403 in the function's locations. */
export function preflightPages({ name, http }: PlatformFunction): Statement[] {
  if (http.cors === undefined) return [];
  return [directive('error_page', '403', '=', `$openfaas_refused_${inVariable(name)}`)];
}

/** Asked for each of the functions. */
const known = new WeakMap<readonly PlatformFunction[], boolean>();

export function hasCors(functions: readonly PlatformFunction[]): boolean {
  const has = known.get(functions) ?? functions.some(({ http }) => http.cors !== undefined);
  known.set(functions, has);
  return has;
}

/** In a server of functions with CORS, OPTIONS is counted apart from calls. */
export function countPreflights(functions: readonly PlatformFunction[]): Statement[] {
  return hasCors(functions) ? [directive('set', '$openfaas_asks', '$openfaas_preflight')] : [];
}

/** Counts OPTIONS as a call, in a location that passes it on: nginx does not answer it there. */
export function countOptions({ functions }: Platform): Statement[] {
  return hasCors(functions) ? [directive('set', '$openfaas_asks', '')] : [];
}

/** Locations that a server needs for the CORS of its functions. */
export function corsLocations(platform: Platform, functions: readonly PlatformFunction[]): Statement[] {
  return functions.flatMap(({ name, http }) =>
    http.cors === undefined ? [] : [preflightLocation(platform, name, http.cors)],
  );
}

function preflightLocation(platform: Platform, name: string, cors: Cors): Statement {
  return block(
    'location',
    ['=', preflight(name)],
    [
      directive('internal'),
      ...originHeaders(name, cors),
      header('Access-Control-Allow-Methods', cors.methods.join(', ')),
      ...(cors.headers.length === 0
        ? []
        : [header('Access-Control-Allow-Headers', cors.headers.map(said).join(', '))]),
      header('Access-Control-Max-Age', String(cors.maxAge)),
      ...repeatedHeaders(platform),
      directive('return', '204'),
    ],
  );
}

/** CORS headers of an answer, whether it is the function's or nginx's own. */
export function readableBy(name: string, cors: Cors): Statement[] {
  return [
    ...originHeaders(name, cors),
    header('Access-Control-Expose-Headers', cors.exposeHeaders.map(said).join(', ')),
  ];
}

/** Their values are empty for unknown origins, and nginx does not send empty headers. */
function originHeaders(name: string, { credentials, origins }: Cors): Statement[] {
  // The same for every site, so caches need not tell them apart.
  if (isForEverySite(origins)) return [header('Access-Control-Allow-Origin', '*')];
  return [
    header('Access-Control-Allow-Origin', `$openfaas_origin_${inVariable(name)}`),
    ...(credentials ? [header('Access-Control-Allow-Credentials', 'true')] : []),
    header('Vary', 'Origin'),
  ];
}

function header(name: string, value: string): Statement {
  return directive('add_header', name, value, 'always');
}
