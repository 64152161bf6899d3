import { report } from '../../../../diagnostics/report.ts';
import { own } from '../../../../nginx/scope.ts';
import { at, blocksOf, confsOf, pathOf, titleOfBlock } from '../../../nginx/conf.ts';
import type { Rule } from '../../rule.ts';

/** What nginx has for itself is asked for by nginx alone. */
export const internalsClosed: Rule = {
  name: 'internals-closed',
  harm: 'exposure',
  loss: "Strangers could ask the functions that judge others' calls, past their guards and limits.",
  check: (dist) =>
    confsOf(dist).flatMap((conf) =>
      blocksOf(conf.scopes, 'location')
        .filter((location) => /^(= |\^~ )?\/_fjord\//.test(pathOf(location)))
        .filter((location) => own(location, 'internal').length === 0)
        .map((location) =>
          report('verify/internal-open', [], { location: titleOfBlock(location) }, at(conf, location.head)),
        ),
    ),
};
