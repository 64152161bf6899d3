import { block, directive, type Statement } from '../../../nginx/directive.ts';
import type { PlatformFunction } from '../../../platform/functions/function.ts';
import type { Platform } from '../../../platform/platform.ts';
import { said } from '../text.ts';
import { answerPlace, answersOfFunction } from './error-answers.ts';

/** The answer to a refused path, by the function whose location it begins with. */
export const refusedAnswer = '$openfaas_refused_answer';

/** Functions on the platform's own domains whose answers pages of other sites may read. */
function readable({ functions }: Platform): PlatformFunction[] {
  return functions.filter(({ exposed, http }) => exposed && http.cors !== undefined);
}

/** True if a refused path on the platform's own domains may belong to a function with CORS. */
export function answersByFunction(platform: Platform): boolean {
  return readable(platform).length > 0;
}

/**
 * Chooses the answer to a refused path on the platform's own domains. nginx refuses it before it chooses a location, so it
 * goes by the beginning of the path, as it was sent. The answer only says that the path is refused, whichever function a
 * program behind nginx would have called.
 */
export function refusedAnswerMap(platform: Platform): Statement[] {
  if (!answersByFunction(platform)) return [];
  // Longest first, because nginx takes the first pattern that matches.
  const begun = readable(platform)
    .flatMap((fn) => locationsOf(fn).map((path): [string, PlatformFunction] => [path, fn]))
    .sort(([a], [b]) => b.length - a.length || (a < b ? -1 : 1));
  return [
    block(
      'map',
      ['$request_uri', refusedAnswer],
      [
        directive('default', '$openfaas_error_place'),
        ...begun.map(([path, fn]) =>
          directive(
            `~^${said(path).replaceAll('.', '\\.')}(?![^/?])`,
            answerPlace(platform, answersOfFunction(fn)),
          ),
        ),
      ],
    ),
  ];
}

function locationsOf({ name, asyncMaxBody, http }: PlatformFunction): string[] {
  return [
    `/function/${name}`,
    ...(asyncMaxBody === undefined ? [] : [`/async-function/${name}`]),
    ...http.paths,
  ];
}
