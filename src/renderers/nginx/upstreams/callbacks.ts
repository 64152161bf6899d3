import { block, comment, directive, type Statement } from '../../../nginx/directive.ts';
import type { PlatformFunction } from '../../../platform/functions/function.ts';
import type { Platform } from '../../../platform/platform.ts';
import { proxyHeaders } from '../headers.ts';
import { inVariable, said } from '../text.ts';

const refused = '$openfaas_callback_refused';

/** Functions whose callers may name where the queue sends the result. */
function withCallbacks({ functions }: Platform): PlatformFunction[] {
  return functions.filter(
    ({ exposed, asyncMaxBody, callbacks }) => exposed && asyncMaxBody !== undefined && callbacks.length > 0,
  );
}

/**
 * The callback of a function's queued call: a word of this list, and never the client's own, because the queue worker calls
 * it from inside of the cluster. And a sign of calls that name another address, by the decoded path that its location is chosen by.
 */
export function callbackMaps(platform: Platform): Statement[] {
  const all = withCallbacks(platform);
  if (all.length === 0) return [];
  return [
    comment('Where the queue sends results: only to these.'),
    ...all.flatMap((fn) => [
      listed(callbackOf(fn), '', fn, (url) => url),
      listed(unlisted(fn), '1', fn, () => ''),
    ]),
    block(
      'map',
      ['$uri', refused],
      [
        directive('default', ''),
        ...all.map((fn) => directive(`~^/async-function/${fn.name}(?:/|$)`, unlisted(fn))),
      ],
    ),
    block(
      'map',
      [refused, '$openfaas_callback_error'],
      [directive('default', 'bad request'), directive('1', 'X-Callback-Url is not one of this function')],
    ),
  ];
}

function listed(
  variable: string,
  otherwise: string,
  { callbacks }: PlatformFunction,
  value: (url: string) => string,
): Statement {
  return block(
    'map',
    ['$http_x_callback_url', variable],
    [
      directive('default', otherwise),
      ...(otherwise === '' ? [] : [directive('', '')]),
      ...callbacks.map((url) => directive(said(url), said(value(url)))),
    ],
  );
}

function callbackOf({ name }: PlatformFunction): string {
  return `$openfaas_callback_${inVariable(name)}`;
}

function unlisted({ name }: PlatformFunction): string {
  return `$openfaas_unlisted_${inVariable(name)}`;
}

/** Refuses calls with another callback, in a server with all functions. */
export function refuseCallbacks(platform: Platform): Statement[] {
  if (withCallbacks(platform).length === 0) return [];
  return [block('if', [`(${refused})`], [directive('return', '400')])];
}

/** The text of a 400 that has no refused path. */
export function badRequest(platform: Platform): string {
  return withCallbacks(platform).length === 0 ? 'bad request' : '$openfaas_callback_error';
}

/** The headers of a function's queued calls, if they may have a callback. */
export function callbackHeaders(platform: Platform, fn: PlatformFunction): Statement[] {
  if (!withCallbacks(platform).includes(fn)) return [];
  return proxyHeaders(platform, { 'X-Callback-Url': callbackOf(fn) });
}
