import { report } from '../../../../diagnostics/report.ts';
import type { Directive } from '../../../../nginx/directive.ts';
import { inherited, own, type Scope } from '../../../../nginx/scope.ts';
import { at, blocksOf, clientConfsOf, titleOfBlock } from '../../../nginx/conf.ts';
import { isDefault, isSecure, listeners } from '../../../nginx/listeners.ts';
import type { Rule } from '../../rule.ts';

/** A browser that has been here asks with TLS for a long time to come, whatever the answer was. */
export const httpsRemembered: Rule = {
  name: 'https-remembered',
  harm: 'secrets',
  loss: 'Somebody on the way could lead a browser to an unencrypted copy of the site.',
  check: (dist) =>
    clientConfsOf(dist).flatMap((conf) => {
      const named = listeners(conf.scopes).filter((one) => isSecure(one) && !isDefault(one));
      return [...new Set(named.map(({ server }) => server))].flatMap((server) =>
        [server, ...blocksOf(conf.scopes, 'location', server)]
          .filter((scope) => !headersOf(scope).some(isStrict))
          .map((scope) =>
            report('verify/hsts-missing', [], { place: titleOfBlock(scope) }, at(conf, scope.head)),
          ),
      );
    }),
};

/** What a scope adds to its answers: its own, and without such or by `merge` those around it. */
function headersOf(scope: Scope | undefined): readonly Directive[] {
  if (scope === undefined) return [];
  const here = own(scope, 'add_header');
  const merges = inherited(scope, 'add_header_inherit')[0]?.args[0] === 'merge';
  return merges || here.length === 0 ? [...here, ...headersOf(scope.parent)] : here;
}

function isStrict({ args: [name, value = '', always] }: Directive): boolean {
  return (
    name?.toLowerCase() === 'strict-transport-security' && /^max-age=\d+/.test(value) && always === 'always'
  );
}
