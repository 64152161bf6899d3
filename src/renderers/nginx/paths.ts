import { block, directive, type Statement } from '../../nginx/directive.ts';
import type { PlatformFunction } from '../../platform/functions/function.ts';
import type { Platform } from '../../platform/platform.ts';
import { inVariable } from './text.ts';

/** The path without the query, which begins at `?`. */
const path = '^[^?]*';
/** A percent sign, encoded any number of times: `%`, `%25`, `%2525`. */
const percent = '%(?:25)*';

/**
 * Paths that a program behind nginx could read as different paths, and the word for each in the log and the answer. nginx
 * matches a path that it decoded once and normalized; Go's router decodes, normalizes and redirects; the gateway and the
 * queue worker each make a URL from the decoded path, which is decoded again. All paths that are not refused keep their
 * segments and query however often they are decoded: letters and digits are never encoded, so an encoded percent sign
 * cannot begin another escape. The patterns have no captures and are linear in the length of the path.
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
 * Ordinary paths, which no pattern above can match: up to 16 segments of these characters, none of which is empty or
 * begins with a dot. nginx stops at the first pattern that matches, so for these it tries one instead of fourteen, which
 * saves 52,000 instructions per request. All other paths go through the patterns above. Without the limit of 16, PCRE
 * would keep 2 MiB in each worker after a path of 14 KB.
 */
const ordinaryPath = '~^(?:/(?![./])[\\w.~@:+,=-]*){1,16}(?![^?])';

/** A variable with the reason why a path is refused; empty if it is not. Without comments, to keep user-data small. */
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

/** Refuses paths before a location is chosen, in each server that passes requests on. */
export function refusePaths(): Statement {
  return block('if', ['($openfaas_path_refused)'], [directive('return', '400')]);
}

/** A function's paths that exist only in nginx: it removes them before it passes a call on. */
function takenOff({ name, direct, http }: PlatformFunction): string[] {
  const paths = [...(direct ? [`/function/${name}`] : []), ...http.paths];
  // Longest first, because nginx chooses the location with the longest prefix.
  return paths.sort((a, b) => b.length - a.length || (a < b ? -1 : 1));
}

/** A variable with the part of the request below one of those paths, byte for byte, with the query. */
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

/** A pattern for all spellings of a path: any character but a letter or digit may be encoded. */
function spellings(text: string): string {
  return text.replaceAll(/[^A-Za-z0-9/]/g, (character) => {
    const code = character.charCodeAt(0).toString(16);
    return `(?:${character === '.' ? '\\.' : character}|%${code})`;
  });
}
