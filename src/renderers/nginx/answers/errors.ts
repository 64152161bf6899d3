import { block, directive, type Statement } from '../../../nginx/directive.ts';
import type { PlatformFunction } from '../../../platform/functions/function.ts';
import type { RateLimit } from '../../../platform/gateway/rate-limit.ts';
import type { Platform } from '../../../platform/platform.ts';
import { preflightPages, readableBy } from '../access/cors.ts';
import { refusalLimit } from '../access/limits.ts';
import { repeatedHeaders } from '../headers.ts';
import { saidInLines } from '../text.ts';
import { badRequest } from '../upstreams/callbacks.ts';
import {
  answerPlace,
  answerVariable,
  type ErrorAnswer,
  errorAnswersOf,
  pageOf,
  placeOf,
} from './error-answers.ts';
import { answersByFunction, refusedAnswer, refusedAnswerMap } from './refused-paths.ts';

/** Texts for nginx's frequent errors. User-data contains each of them, so all other errors are just `error`. */
const words: Readonly<Record<string, string>> = {
  400: 'bad request',
  401: 'unauthorized',
  403: 'forbidden',
  404: 'not found',
  405: 'method not allowed',
  408: 'request timeout',
  413: 'request too large',
  414: 'address too long',
  421: 'wrong server',
  429: 'too many requests',
  500: 'internal error',
  502: 'not available',
  503: 'not available',
  504: 'timeout',
};

/** 494 to 497 are nginx's codes for kinds of 400: large headers, bad or missing certificate, HTTP on an HTTPS port. */
const codes = [
  ...Object.keys(words),
  '411',
  '412',
  '416',
  '501',
  '505',
  '507',
  '494',
  '495',
  '496',
  '497',
].sort();

/** Seconds after which to retry a function that is not available: an image is pulled, a copy starts. */
const awayFor = '5';

/** The location for a request whose path nginx cannot parse, which cannot be sent to a named location. */
const unread = '/_fjord/error';
const unreadRefused = '/_fjord/refused';
/** Locations that only such a request is sent to. */
export const unreadPlaces = [unread, unreadRefused];
const refused = '@openfaas_refused';

/** Maps each error to a location and a text. */
export function errorMaps(platform: Platform): Statement[] {
  const { gateway, functions } = platform;
  const waits = new Set(
    [gateway.rateLimit, ...functions.flatMap(({ http }) => http.rateLimit ?? [])].map(retryVariable),
  );
  const pages = gateway.errorPage === undefined ? [] : errorAnswersOf(platform, functions, true);
  const switched = (key: string, variable: string, byDefault: string, ...others: [string, string][]) =>
    block(
      'map',
      [key, variable],
      [
        // Not cached: the status may already be set by a call of the function earlier in the request.
        ...(key === '$status' ? [directive('volatile')] : []),
        directive('default', byDefault),
        ...others.map(([value, result]) => directive(value, result)),
      ],
    );
  return [
    switched('$uri', '$openfaas_error_place', answerPlace(platform, ''), ['', unread]),
    switched('$uri', '$openfaas_refused_place', refused, ['', unreadRefused]),
    switched('$openfaas_path_refused', '$openfaas_bad_request', 'refused path: $openfaas_path_refused', [
      '',
      badRequest(platform),
    ]),
    switched(
      '$status',
      '$openfaas_error',
      'error',
      ...Object.entries(words).map(([code, text]): [string, string] => [
        code,
        code === '400' ? '$openfaas_bad_request' : text,
      ]),
    ),
    ...[...waits]
      .sort()
      .map((variable) =>
        switched('$status', variable, '', ['429', waitIn(variable)], ['502', awayFor], ['503', awayFor]),
      ),
    ...refusedAnswerMap(platform),
    ...pages.map(({ key }) =>
      switched('$http_accept', answerVariable(key), placeOf(key), [
        '~*^(?!.*application/json).*text/html',
        pageOf(key),
      ]),
    ),
  ];
}

function retryVariable({ retryAfter }: RateLimit): string {
  return `$openfaas_retry_${retryAfter}s`;
}

function waitIn(variable: string): string {
  return /\d+/.exec(variable)?.[0] ?? '';
}

/**
 * Error pages and their locations for requests that a server does not pass on. Functions' own answers are not changed. A
 * refused path is counted before it is answered, which needs a second error page.
 *
 * @param functions the functions in the server
 * @param admin true if the server also has the admin locations
 * @param remembered true if its answers get the headers that all answers have
 */
export function serverErrors(
  platform: Platform,
  functions: readonly PlatformFunction[],
  admin: boolean,
  remembered: boolean,
): Statement[] {
  const headers = remembered ? repeatedHeaders(platform) : [];
  const answers = errorAnswersOf(platform, functions, admin);
  const [plain] = answers;
  const byFunction = admin && answersByFunction(platform);
  return [
    directive('recursive_error_pages', 'on'),
    directive('error_page', '400', '$openfaas_refused_place'),
    errorPage(codes.filter((code) => code !== '400')),
    ...[refused, `= ${unreadRefused}`].map((place) =>
      block('location', place.split(' '), [
        directive('internal'),
        ...refusalLimit(platform),
        errorPage(['400', '429'], place === refused && byFunction ? refusedAnswer : undefined),
        directive('try_files', '', '=400'),
      ]),
    ),
    ...answers.flatMap((answer) => answerLocations(platform, answer, headers)),
    ...(plain === undefined ? [] : [jsonLocation(['=', unread], plain, headers)]),
  ];
}

function errorPage(of: readonly string[], place = '$openfaas_error_place'): Statement {
  return directive('error_page', ...of, place);
}

/** error_page of a function whose errors differ from its server's. It replaces that list, so it has all errors. */
export function functionErrors(platform: Platform, fn: PlatformFunction): Statement[] {
  const { cors, auth } = fn.http;
  const own = errorAnswersOf(platform, [fn]).map(({ key }) => key);
  const find = (kind: string) => own.find((key) => key.startsWith(kind));
  const certificate = auth?.kind === 'certificate' ? find('no_certificate') : undefined;
  const general = find('fn_');
  if (general === undefined && certificate === undefined) return [];
  const elsewhere = [...(certificate === undefined ? [] : ['401']), ...(cors === undefined ? [] : ['403'])];
  return [
    errorPage(
      codes.filter((code) => !elsewhere.includes(code)),
      general === undefined ? undefined : answerPlace(platform, general),
    ),
    ...(certificate === undefined
      ? []
      : [directive('error_page', '401', '=', answerPlace(platform, certificate))]),
    ...preflightPages(fn),
  ];
}

/** The same for locations that need a client certificate but do not belong to a function. */
export function certificateErrors(platform: Platform): Statement[] {
  return [
    errorPage(codes.filter((code) => code !== '401')),
    directive('error_page', '401', '=', answerPlace(platform, 'no_certificate')),
  ];
}

function answerLocations(
  platform: Platform,
  answer: ErrorAnswer,
  headers: readonly Statement[],
): Statement[] {
  const { errorPage: text } = platform.gateway;
  return [
    jsonLocation([placeOf(answer.key)], answer, headers),
    ...(text === undefined
      ? []
      : [
          answerLocation(
            [pageOf(answer.key)],
            answer,
            headers,
            'text/html; charset=utf-8',
            saidInLines(text),
          ),
        ]),
  ];
}

function jsonLocation(
  place: readonly string[],
  answer: ErrorAnswer,
  headers: readonly Statement[],
): Statement {
  const { fixed } = answer;
  const what = fixed === undefined ? '$openfaas_error' : fixed.text;
  const status = fixed === undefined ? '$status' : fixed.status;
  const text = `{"error":"${what}","status":${status},"id":"$request_id"}\n`;
  return answerLocation(place, answer, headers, 'application/json', text);
}

/** One answer. Without `types`, nginx would choose the type by the requested path, which may end in `.html`. */
function answerLocation(
  place: readonly string[],
  { cors, fixed, limit }: ErrorAnswer,
  headers: readonly Statement[],
  type: string,
  text: string,
): Statement {
  const add = (name: string, value: string) => directive('add_header', name, value, 'always');
  return block('location', place, [
    directive('internal'),
    block('types', [], []),
    directive('default_type', type),
    add('Cache-Control', 'no-store'),
    add('X-Call-Id', '$request_id'),
    ...(fixed === undefined ? [add('Retry-After', retryVariable(limit))] : []),
    ...(cors === undefined ? [] : readableBy(cors.name, cors.of)),
    ...headers,
    // The client gets the error's status; this one is used only if there is no error.
    directive('return', fixed?.status ?? '500', text),
  ]);
}
