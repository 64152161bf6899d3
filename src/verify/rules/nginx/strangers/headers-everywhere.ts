import { report } from '../../../../diagnostics/report.ts';
import type { Directive } from '../../../../nginx/directive.ts';
import { own, type Scope } from '../../../../nginx/scope.ts';
import { at, blocksOf, clientConfsOf, type NginxConf, titleOfBlock } from '../../../nginx/conf.ts';
import { headersOf } from '../../../nginx/headers.ts';
import type { Rule } from '../../rule.ts';

/** What a server adds to its answers, each of its locations adds too: a block with a header of its own drops the others. */
export const headersEverywhere: Rule = {
  name: 'headers-everywhere',
  harm: 'exposure',
  loss: 'A browser would run, or show inside another site, what the headers of all other answers forbid.',
  check: (dist) =>
    clientConfsOf(dist).flatMap((conf) =>
      blocksOf(conf.scopes, 'server').flatMap((server) => {
        const wanted = own(server, 'add_header').filter(isForAll);
        return blocksOf(conf.scopes, 'location', server).flatMap((scope) => missing(wanted, scope, conf));
      }),
    ),
};

function missing(wanted: readonly Directive[], scope: Scope, conf: NginxConf) {
  const present = headersOf(scope).map(heading);
  return wanted
    .filter((header) => !present.includes(heading(header)))
    .map(({ args: [header = ''] }) =>
      report(
        'verify/header-not-everywhere',
        [],
        { header, place: titleOfBlock(scope) },
        at(conf, scope.head),
      ),
    );
}

function isForAll({ args: [, value = ''] }: Directive): boolean {
  return value.startsWith('$openfaas_header_');
}

function heading({ args }: Directive): string {
  return args.join(' ');
}
