import type { Diagnostic } from '../../../../diagnostics/diagnostic.ts';
import { report } from '../../../../diagnostics/report.ts';
import { enclosing, inherited, own, type Scope } from '../../../../nginx/scope.ts';
import {
  at,
  blocksOf,
  clientConfsOf,
  everyDirective,
  isInternal,
  locationsAt,
  type NginxConf,
  pathOf,
  titleOfBlock,
} from '../../../nginx/conf.ts';
import { alwaysAdded } from '../../../nginx/headers.ts';
import { mapOf, mapValue, wordsOf } from '../../../nginx/map-value.ts';
import type { Rule } from '../../rule.ts';

const origin = 'Access-Control-Allow-Origin';
const shown = 'Access-Control-Expose-Headers';

/** Where pages of other sites may read a function's answers, they may read nginx's own, and have their whole rate. */
export const answersReadable: Rule = {
  name: 'answers-readable',
  harm: 'lost calls',
  loss: "Pages of other sites would get half of a caller's rate, and a network error instead of when to try again.",
  check: (dist) =>
    clientConfsOf(dist).flatMap((conf) =>
      blocksOf(conf.scopes, 'location')
        .filter((location) => !isInternal(location))
        .flatMap((location) =>
          alwaysAdded(location, origin).length > 0
            ? [...unreadable(location, conf), ...refusedUnreadable(location, conf), ...halved(location, conf)]
            : doubled(location, conf),
        ),
    ),
};

/** Every answer of nginx's own that a call of the location may lead to, but that to OPTIONS. */
function unreadable(location: Scope, conf: NginxConf): Diagnostic[] {
  const pages = inherited(location, 'error_page').flatMap(({ args }) =>
    wordsOf(conf.scopes, args.at(-1) ?? ''),
  );
  const paths = pages.flatMap((page) => [page, `= ${page}`]);
  return locationsAt(conf.scopes, paths, enclosing(location, 'server'))
    .filter((answer) => own(answer, 'return').some(({ args: [status = ''] }) => Number(status) >= 400))
    .flatMap((answer) => lacking(location, answer, conf));
}

/** The answers to a refused path that begins with the location's: nginx refuses it before it chooses a location. */
function refusedUnreadable(location: Scope, conf: NginxConf): Diagnostic[] {
  const server = enclosing(location, 'server');
  if (server === undefined || blocksOf(conf.scopes, 'if', server).length === 0) return [];
  const path = pathOf(location).split(' ').at(-1) ?? '';
  const request = `${path.replace(/\/$/, '')}//`;
  const refusing = own(server, 'error_page')
    .filter(({ args }) => args.includes('400'))
    .flatMap(({ args }) => wordsOf(conf.scopes, args.at(-1) ?? ''));
  const named = refusing.filter((place) => place.startsWith('@'));
  return locationsAt(conf.scopes, named, server)
    .flatMap((one) => own(one, 'error_page'))
    .flatMap(({ args }) => placesFor(request, args.at(-1) ?? '', conf.scopes))
    .flatMap((place) => locationsAt(conf.scopes, [place], server))
    .flatMap((answer) => lacking(location, answer, conf));
}

/** Each header that a page needs to read an answer that a call of the location gets, and that the answer lacks. */
function lacking(location: Scope, answer: Scope, conf: NginxConf): Diagnostic[] {
  return missing(location, answer).map((header) =>
    report(
      'verify/answer-unreadable',
      [],
      { place: titleOfBlock(location), answer: titleOfBlock(answer), header },
      at(conf, answer.head),
    ),
  );
}

/** Where a refused request leads: a map of the request is asked for just that one, others for all that they have. */
function placesFor(request: string, word: string, scopes: readonly Scope[]): string[] {
  const map = mapOf(scopes, word);
  if (map?.head?.args[0] !== '$request_uri') return wordsOf(scopes, word);
  return wordsOf(scopes, mapValue(map, request) ?? '');
}

/** Browsers show a page neither an answer whose origin is missing, nor a header that is not listed. */
function missing(location: Scope, answer: Scope): string[] {
  const exposed = alwaysAdded(answer, shown)
    .join(',')
    .toLowerCase()
    .split(/\s*,\s*/);
  return [
    ...(alwaysAdded(answer, origin).join() === alwaysAdded(location, origin).join() ? [] : [origin]),
    ...(alwaysAdded(answer, 'Retry-After').length === 0 || exposed.includes('retry-after') ? [] : [shown]),
  ];
}

/** Whether OPTIONS takes from the calls: the key of a limit says nothing that the server sets. */
function halved(location: Scope, conf: NginxConf): Diagnostic[] {
  const sets = own(enclosing(location, 'server') ?? location, 'set').map(({ args }) => args[0] ?? '');
  return inherited(location, 'limit_req')
    .filter(({ args }) => !keysOf(args, conf.scopes).some((key) => sets.some((name) => key.includes(name))))
    .map((limit) =>
      report('verify/preflights-take-rate', [], { place: titleOfBlock(location) }, at(conf, limit)),
    );
}

/** Whether OPTIONS that are passed on are counted apart from calls: a caller of both would have twice the rate. */
function doubled(location: Scope, conf: NginxConf): Diagnostic[] {
  const server = enclosing(location, 'server');
  const keys = inherited(location, 'limit_req').flatMap(({ args }) => keysOf(args, conf.scopes));
  const refuses = blocksOf(conf.scopes, 'limit_except', location).length > 0;
  if (server === undefined || refuses || own(location, 'proxy_pass').length === 0) return [];
  return own(server, 'set')
    .filter(({ args: [name = ''] }) => keys.some((key) => key.includes(name)))
    .filter(
      ({ args: [name] }) => !own(location, 'set').some(({ args }) => args[0] === name && args[1] === ''),
    )
    .map(() => report('verify/rate-doubled', [], { place: titleOfBlock(location) }, at(conf, location.head)));
}

/** What a zone counts by. */
function keysOf(words: readonly string[], scopes: readonly Scope[]): string[] {
  const zone = words.find((word) => word.startsWith('zone='));
  return everyDirective(scopes, 'limit_req_zone')
    .filter(({ directive: { args } }) => args[1]?.startsWith(`${zone}:`))
    .flatMap(({ directive: { args } }) => mapOf(scopes, args[0] ?? '')?.directives ?? [])
    .flatMap(({ args }) => args.slice(0, 1));
}
