import { report } from '../../../../diagnostics/report.ts';
import { inherited, own } from '../../../../nginx/scope.ts';
import { at, clientConfsOf, proxying } from '../../../nginx/conf.ts';
import type { Rule } from '../../rule.ts';

/** Only what can have had no effect is tried again: a kept connection that had just been closed, and never a POST. */
export const triedOnce: Rule = {
  name: 'tried-once',
  harm: 'lost data',
  loss: 'A call that had been done would be done again: a payment twice, or a newer value overwritten.',
  check: (dist) =>
    clientConfsOf(dist).flatMap((conf) =>
      proxying(conf.scopes).flatMap((scope) => {
        const causes = inherited(scope, 'proxy_next_upstream')[0]?.args.join(' ') ?? 'error timeout';
        return causes === 'error' || causes === 'off'
          ? []
          : [report('verify/call-tried-again', [], { causes }, at(conf, own(scope, 'proxy_pass')[0]))];
      }),
    ),
};
