import { isDeepStrictEqual } from 'node:util';
import { report } from '../../../../diagnostics/report.ts';
import type { Scope } from '../../../../nginx/scope.ts';
import {
  at,
  blocksOf,
  clientConfsOf,
  heading,
  locationsAt,
  pathOf,
  titleOfBlock,
} from '../../../nginx/conf.ts';
import type { Rule } from '../../rule.ts';

/** A function's path and what is below it are one thing: both locations are there, with the same settings. */
export const pathsPaired: Rule = {
  name: 'paths-paired',
  harm: 'exposure',
  loss: "A client could go around a function's limits by one slash more, or would not reach it with one.",
  check: (dist) =>
    clientConfsOf(dist).flatMap((conf) =>
      blocksOf(conf.scopes, 'server').flatMap((server) => {
        return blocksOf(conf.scopes, 'location', server).flatMap((location) => {
          const other = partnerOf(pathOf(location));
          const [partner] = other === undefined ? [] : locationsAt(conf.scopes, [other], server);
          const isPaired = partner !== undefined && isDeepStrictEqual(settings(location), settings(partner));
          if (other === undefined || isPaired) return [];
          const params = { place: titleOfBlock(location), other: `location ${other}` };
          return [report('verify/paths-differ', [], params, at(conf, location.head))];
        });
      }),
    ),
};

/** `= /function/pay` and `^~ /function/pay/`. */
function partnerOf(path: string): string | undefined {
  const [, exact] = /^= (\/(?:async-)?function\/[^/]+)$/.exec(path) ?? [];
  const [, below] = /^\^~ (\/(?:async-)?function\/[^/]+)\/$/.exec(path) ?? [];
  if (exact !== undefined) return `^~ ${exact}/`;
  return below === undefined ? undefined : `= ${below}`;
}

/** Of `allow` and `deny` the first that fits counts; for all others the order makes no difference. */
function settings({ directives }: Scope): unknown {
  const isOrdered = (words: string) => /^(allow|deny) /.test(words);
  const words = directives.map(heading);
  return [words.filter(isOrdered), words.filter((one) => !isOrdered(one)).sort()];
}
