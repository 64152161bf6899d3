import { block, directive, type Statement } from '../../nginx/directive.ts';
import type { PlatformFunction } from '../../platform/functions/function.ts';
import type { Platform } from '../../platform/platform.ts';
import { inVariable } from './text.ts';

/** The path alone: `?` begins the query. */
const path = '^[^?]*';
/** A percent sign, encoded as often as one likes: `%`, `%25`, `%2525`. */
const percent = '%(?:25)*';

/**
 * Paths that some reader behind nginx could take for others, and the word for each in the log and in the answer. nginx
 * matches a path decoded once and cleaned; Go's router decodes, cleans and redirects; the gateway and the queue worker
 * each make a URL of what was decoded, which is decoded again. What is left when these are refused keeps its segments
 * and its query however often it is decoded: a letter or a figure is never encoded, so an encoded percent sign begins no
 * other escape than the one that is seen. There is no capture, and each is linear in the length of the path.
 */
const refusedPaths: readonly (readonly [reason: string, pattern: string])[] = [
  ['no-path', '~^[^/]'],
  ['backslash', `~*${path}(?:\\\\|${percent}5c)`],
  ['encoded-slash', `~*${path}${percent}2f`],
  ['encoded-delimiter', `~*${path}${percent}(?:3f|23)`],
  ['dot-segment', `~*${path}/(?:\\.|${percent}2e){1,2}(?:[/?]|$)`],
  ['empty-segment', `~${path}//`],
  ['semicolon', `~*${path}(?:;|${percent}3b)`],
  ['fragment', `~${path}#`],
  ['control-character', `~*${path}(?:[\\x00-\\x20\\x7f]|${percent}(?:[01][0-9a-f]|7f))`],
  ['broken-escape', `~*${path}%(?![0-9a-f]{2})`],
  ['encoded-letter', `~*${path}${percent}(?:3[0-9]|[46][1-9a-f]|[57][0-9a])`],
  ['overlong', `~*${path}(?:[\\xc0\\xc1]|${percent}c[01])(?:[\\x80-\\xbf]|${percent}[89ab])`],
  ['overlong', `~*${path}(?:\\xe0|${percent}e0)(?:[\\x80-\\x9f]|${percent}[89])`],
  ['overlong', `~*${path}(?:\\xf0|${percent}f0)(?:[\\x80-\\x8f]|${percent}8)`],
];

/**
 * Paths that no pattern above can match, as most are: up to 16 segments of these characters, none of which is empty or
 * begins with a dot. nginx takes the first pattern that fits, so it tries one instead of fourteen: 52,000 instructions fewer
 * for a request. Whatever else a path has is left to the patterns above. Without a bound on the segments PCRE would keep
 * 2 MiB in each worker after a path of 14 KB.
 */
const ordinaryPath = '~^(?:/(?![./])[\\w.~@:+,=-]*){1,16}(?![^?])';

/** Why a path is refused; empty where it is not. User-data carries these, so they have no comments. */
export function pathMaps({ functions }: Platform): Statement[] {
  return [
    block(
      'map',
      ['$request_uri', '$openfaas_path_refused'],
      [
        directive('default', ''),
        directive(ordinaryPath, ''),
        ...refusedPaths.map(([reason, pattern]) => directive(pattern, reason)),
      ],
    ),
    ...functions.filter(({ exposed }) => exposed).flatMap(belowMap),
  ];
}

/** In each server that passes something on, before any location is looked for. */
export function refusePaths(): Statement {
  return block('if', ['($openfaas_path_refused)'], [directive('return', '400')]);
}

/** The paths of a function that what is behind nginx does not know: they are taken off before a call goes on. */
function takenOff({ name, direct, http }: PlatformFunction): string[] {
  const paths = [...(direct ? [`/function/${name}`] : []), ...http.paths];
  // The longest that fits is the one that nginx has chosen as location.
  return paths.sort((a, b) => b.length - a.length || (a < b ? -1 : 1));
}

/** What of the request is below one of those paths, byte for byte, with the query. */
function belowMap(fn: PlatformFunction): Statement[] {
  const paths = takenOff(fn);
  if (paths.length === 0) return [];
  const rest = (index: number) => `openfaas_rest_${inVariable(fn.name)}_${index}`;
  return [
    block(
      'map',
      ['$request_uri', below(fn)],
      [
        directive('default', `${fn.direct ? '/' : ''}$is_args$args`),
        ...paths.map((taken, index) =>
          directive(`~*^${spellings(taken)}(?<${rest(index)}>/.*)$`, `$${rest(index)}`),
        ),
      ],
    ),
  ];
}

export function below({ name }: PlatformFunction): string {
  return `$openfaas_below_${inVariable(name)}`;
}

/** A pattern for a path as a client may write it: what is no letter or figure may be encoded. */
function spellings(text: string): string {
  return text.replaceAll(/[^A-Za-z0-9/]/g, (character) => {
    const code = character.charCodeAt(0).toString(16);
    return `(?:${character === '.' ? '\\.' : character}|%${code})`;
  });
}
