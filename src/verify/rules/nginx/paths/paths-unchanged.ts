import { report } from '../../../../diagnostics/report.ts';
import { own, type Scope } from '../../../../nginx/scope.ts';
import { at, clientConfsOf, everyDirective, heading, locationsAt } from '../../../nginx/conf.ts';
import { mapOf, mapValue } from '../../../nginx/map-value.ts';
import type { Rule } from '../../rule.ts';

/** nginx never writes a path of its own in place of the client's: who was asked judged that one. */
export const pathsUnchanged: Rule = {
  name: 'paths-unchanged',
  harm: 'exposure',
  loss: 'The function that judges calls would be asked about another path than is then called.',
  check: (dist) =>
    clientConfsOf(dist).flatMap((conf) => {
      const passes = everyDirective(conf.scopes, 'proxy_pass')
        .filter(({ directive: { args }, scope }) => !passesOn(conf.scopes, scope, args[0] ?? ''))
        .map(({ directive }) => directive);
      const asks = everyDirective(conf.scopes, 'auth_request')
        .flatMap(({ directive: { args } }) => locationsAt(conf.scopes, [`= ${args[0]}`]))
        .filter((asked) => !isTold(asked))
        .flatMap(({ head }) => head ?? []);
      return [...new Set([...passes, ...asks])].map((directive) =>
        report('verify/path-changed', [], { directive: heading(directive) }, at(conf, directive)),
      );
    }),
};

/** Whether who is asked is told the path that the client wrote. */
function isTold(asked: Scope): boolean {
  const paths = own(asked, 'proxy_set_header').filter(
    ({ args }) => args[0]?.toLowerCase() === 'x-original-uri',
  );
  return paths.length > 0 && paths.every(({ args }) => args[1] === '$request_uri');
}

/** What a function is called with is what the client wrote. */
const below = '/a%20b/%C3%A6?c=%2F';

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
