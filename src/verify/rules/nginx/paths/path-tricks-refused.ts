import type { Diagnostic } from '../../../../diagnostics/diagnostic.ts';
import { report } from '../../../../diagnostics/report.ts';
import { type Directive, isDirective } from '../../../../nginx/directive.ts';
import { enclosing, own, type Scope } from '../../../../nginx/scope.ts';
import {
  at,
  blocksOf,
  clientConfsOf,
  everyDirective,
  type NginxConf,
  titleOfBlock,
} from '../../../nginx/conf.ts';
import { mapOf, mapValue } from '../../../nginx/map-value.ts';
import type { Rule } from '../../rule.ts';

/** A path that nginx takes for one function's must not become another's on the way, however often it is decoded. */
export const pathTricksRefused: Rule = {
  name: 'path-tricks-refused',
  harm: 'exposure',
  loss: 'A client could call one function by a path that is guarded as another one.',
  check: (dist) =>
    clientConfsOf(dist).flatMap((conf) =>
      blocksOf(conf.scopes, 'server')
        .filter((server) =>
          everyDirective(conf.scopes, 'proxy_pass', 'root').some(
            ({ scope }) => enclosing(scope, 'server') === server,
          ),
        )
        .flatMap((server) => judged(server, conf)),
    ),
};

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

function judged(server: Scope, conf: NginxConf): Diagnostic[] {
  const maps = own(server, 'if').flatMap((condition) => refusing(conf.scopes, condition));
  const params = { server: titleOfBlock(server) };
  const through = tricks.find((path) => maps.every((map) => (mapValue(map, path) ?? '') === ''));
  const kept = maps.flatMap((map) => plain.find((path) => mapValue(map, path) !== '') ?? []);
  const place = at(conf, maps[0]?.head ?? server.head);
  return [
    ...(through === undefined
      ? []
      : [report('verify/path-let-through', [], { ...params, path: through }, place)]),
    ...kept.map((path) => report('verify/plain-path-refused', [], { ...params, path }, place)),
  ];
}

/** `if ($refused) { return 400; }`, by its map of the path. */
function refusing(scopes: readonly Scope[], { args, block = [] }: Directive): Scope[] {
  const refuses = block
    .filter(isDirective)
    .some((inner) => inner.directive === 'return' && inner.args[0] === '400');
  const map = mapOf(scopes, /^\((\$\w+)\)$/.exec(args.join(' '))?.[1] ?? '');
  return refuses && map?.head?.args[0] === '$request_uri' ? [map] : [];
}
