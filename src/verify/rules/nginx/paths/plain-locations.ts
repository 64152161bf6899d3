import { report } from '../../../../diagnostics/report.ts';
import { type Directive, isDirective } from '../../../../nginx/directive.ts';
import { at, confsOf, everyDirective, heading } from '../../../nginx/conf.ts';
import type { Rule } from '../../rule.ts';

/** No CVE of 2026 in rewrites, captures or aliases can be reached from a conf without them; nor can a path trick. */
export const plainLocations: Rule = {
  name: 'plain-locations',
  harm: 'exposure',
  loss: 'A crafted path could match what its author did not mean, or reach a flaw of nginx.',
  check: (dist) =>
    confsOf(dist).flatMap((conf) =>
      everyDirective(conf.scopes, 'rewrite', 'alias', 'if', 'location')
        .filter(({ directive, scope }) => !isPlain(directive, scope.name))
        .map(({ directive }) =>
          report('verify/location-not-plain', [], { directive: heading(directive) }, at(conf, directive)),
        ),
    ),
};

function isPlain(directive: Directive, place: string): boolean {
  if (directive.directive === 'location') return !directive.args[0]?.startsWith('~');
  return directive.directive === 'if' && place === 'server' && onlyRefuses(directive);
}

/** `if ($variable) { return 400; }`: of all that `if` may hold, nginx documents `return` alone as safe. */
function onlyRefuses({ args, block = [] }: Directive): boolean {
  const inside = block.filter(isDirective);
  return (
    /^\(\$\w+\)$/.test(args.join(' ')) &&
    inside.length === 1 &&
    inside.every(
      ({ directive, args: [code = '', ...more] }) =>
        directive === 'return' && /^4\d\d$/.test(code) && more.length === 0,
    )
  );
}
