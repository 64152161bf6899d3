import type { Diagnostic } from '../../../../diagnostics/diagnostic.ts';
import { report } from '../../../../diagnostics/report.ts';
import { own } from '../../../../nginx/scope.ts';
import { at, blocksOf, confsOf, heading, type NginxConf, titleOfBlock } from '../../../nginx/conf.ts';
import type { Rule } from '../../rule.ts';

/** Where networks or methods are listed, all others are refused, and nothing is answered before. */
export const guardsComplete: Rule = {
  name: 'guards-complete',
  harm: 'exposure',
  loss: 'A list of networks or methods would look like a guard, but let everybody in.',
  check: (dist) =>
    confsOf(dist).flatMap((conf) => [...lists(conf), ...methods(conf), ...answeredBefore(conf)]),
};

/** `allow` alone forbids nothing. */
function lists(conf: NginxConf): Diagnostic[] {
  return conf.scopes.flatMap((scope) => {
    const [allow] = own(scope, 'allow');
    const isClosed = own(scope, 'deny').some(({ args }) => args[0] === 'all');
    return allow === undefined || isClosed
      ? []
      : [report('verify/refuses-nobody', [], { directive: heading(allow) }, at(conf, allow))];
  });
}

function methods(conf: NginxConf): Diagnostic[] {
  return blocksOf(conf.scopes, 'limit_except')
    .filter((scope) => own(scope, 'deny')[0]?.args[0] !== 'all')
    .map((scope) =>
      report('verify/refuses-nobody', [], { directive: titleOfBlock(scope) }, at(conf, scope.head)),
    );
}

function answeredBefore(conf: NginxConf): Diagnostic[] {
  return conf.scopes
    .filter((scope) => own(scope, 'allow').length + own(scope, 'deny').length > 0)
    .flatMap((scope) =>
      own(scope, 'return').map((directive) =>
        report(
          'verify/answered-before-guards',
          [],
          { place: titleOfBlock(scope), guards: 'networks' },
          at(conf, directive),
        ),
      ),
    );
}
