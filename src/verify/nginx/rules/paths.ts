import { type Directive, isDirective } from '../../../nginx/directive.ts';
import { own, type Scope } from '../../../nginx/scope.ts';
import { mapOf, mapValue } from './map-value.ts';
import { everyDirective, finding, heading, type NginxRule } from './nginx-rule.ts';

/** Paths of which somebody behind nginx makes another: each would lead to another function, or past who is asked. */
const tricks = [
  '/f/../g',
  '/f/%2e%2e/g',
  '/f/.%2E/g',
  '/f/%252e%252e/g',
  '/f/%25252e./g',
  '/f/%25%32%65%25%32%65/g',
  '/f/..',
  '/f/./g',
  '/f//g',
  '//f',
  '/f%2fg',
  '/f%252Fg',
  '/f%25252fg',
  '/f\\g',
  '/f%5cg',
  '/f%255Cg',
  '/f;g',
  '/f%3bg',
  '/f%3fg',
  '/f%253fg',
  '/f#g',
  '/f%23g',
  '/f%00',
  '/f%2500',
  '/f%0ag',
  '/f%7f',
  '/f%',
  '/f%2',
  '/f%zz',
  '/%66',
  '/%2566',
  '/f%c0%ae%c0%ae/g',
  '/f%e0%80%afg',
  '/f%f0%80%80%afg',
  'f',
];

/** Paths that mean one thing to everybody. */
const plain = [
  '/',
  '/f',
  '/f/a%20b',
  '/f/%C3%A6',
  '/f/a%25',
  '/f/%2525',
  '/f/a+b~@:!$,=-_.',
  '/f/...',
  '/f?g=../%2e%2e//%2f;%00#%',
];

/** A path that nginx takes for one function's must not become another's on the way, however often it is decoded. */
export const tricksRefused: NginxRule = {
  name: 'tricks-refused',
  check: (scopes, { file }) =>
    file === 'main'
      ? []
      : scopes
          .filter(({ name }) => name === 'server')
          .filter((server) => leadsSomewhere(scopes, server))
          .flatMap((server) => {
            const maps = own(server, 'if').flatMap((condition) => refusing(scopes, condition));
            if (maps.length === 0)
              return [finding('this server refuses no path that others could read as another', server.head)];
            return maps.flatMap((map) => {
              const through = tricks.find((path) => (mapValue(map, path) ?? '') === '');
              const kept = plain.find((path) => mapValue(map, path) !== '');
              return [
                ...(through === undefined ? [] : [finding(`the path ${through} is let through`, map.head)]),
                ...(kept === undefined ? [] : [finding(`the path ${kept} is refused`, map.head)]),
              ];
            });
          }),
};

function leadsSomewhere(scopes: readonly Scope[], server: Scope): boolean {
  return everyDirective(scopes, 'proxy_pass', 'root').some(({ scope }) => isWithin(scope, server));
}

function isWithin(scope: Scope | undefined, outer: Scope): boolean {
  return scope === outer || (scope !== undefined && isWithin(scope.parent, outer));
}

/** `if ($refused) { return 400; }`, by its map of the path. */
function refusing(scopes: readonly Scope[], { args, block = [] }: Directive): Scope[] {
  const refuses = block
    .filter(isDirective)
    .some((inner) => inner.directive === 'return' && inner.args[0] === '400');
  const map = mapOf(scopes, /^\((\$\w+)\)$/.exec(args.join(' '))?.[1] ?? '');
  return refuses && map?.head?.args[0] === '$request_uri' ? [map] : [];
}

/** What a function is called with, and what another one is asked about, is what the client wrote. */
const below = '/a%20b/%C3%A6?c=%2F';

/** nginx never writes a path of its own in place of the client's: who was asked judged that one. */
export const pathsUnchanged: NginxRule = {
  name: 'paths-unchanged',
  check: (scopes) => [
    ...everyDirective(scopes, 'proxy_pass')
      .filter(({ directive: { args }, scope }) => !passesOn(scopes, scope, args[0] ?? ''))
      .map(({ directive }) =>
        finding(`${heading(directive)}: the path does not arrive as it was sent`, directive),
      ),
    ...everyDirective(scopes, 'proxy_set_header')
      .filter(
        ({ directive: { args } }) =>
          args[0]?.toLowerCase() === 'x-original-uri' && args[1] !== '$request_uri',
      )
      .map(({ directive }) =>
        finding(`${heading(directive)}: another path is asked about than is called`, directive),
      ),
    ...everyDirective(scopes, 'auth_request').flatMap(({ directive }) =>
      scopes
        .filter(({ name, head }) => name === 'location' && head?.args.join(' ') === `= ${directive.args[0]}`)
        .filter((asked) => !own(asked, 'proxy_set_header').some(({ args }) => args[0] === 'X-Original-Uri'))
        .map((asked) => finding('who is asked here is not told the path', asked.head)),
    ),
  ],
};

function passesOn(scopes: readonly Scope[], { head }: Scope, target: string): boolean {
  const [, path = ''] = /^https?:\/\/[^/$]+(.*)$/.exec(target) ?? [];
  const place = head?.args ?? [];
  // Without a path of its own nginx passes on what came; where one path alone is matched, there is nothing more to say.
  if (path === '') return true;
  const [, variable] = /(\$\w+)$/.exec(path) ?? [];
  if (variable === undefined) return place[0] === '=';
  if (variable === '$request_uri') return place.join(' ') === '/';
  const map = mapOf(scopes, variable);
  if (map?.head?.args[0] !== '$request_uri') return false;
  const matched = (place.at(-1) ?? '').replace(/\/$/, '');
  return mapValue(map, matched + below) === below;
}
