import type { Diagnostic } from '../../../../diagnostics/diagnostic.ts';
import { report } from '../../../../diagnostics/report.ts';
import { enclosing, own, type Scope } from '../../../../nginx/scope.ts';
import { at, clientConfsOf, locationsAt, type NginxConf, titleOfBlock } from '../../../nginx/conf.ts';
import { wordsOf } from '../../../nginx/map-value.ts';
import type { Rule } from '../../rule.ts';

/** A call that nginx refuses, or that failed behind it, is answered with an error. */
export const errorsStayErrors: Rule = {
  name: 'errors-stay-errors',
  harm: 'lost calls',
  loss: 'A client would take a call that was refused or failed for one that was done.',
  check: (dist) =>
    clientConfsOf(dist).flatMap((conf) => {
      const found = conf.scopes.flatMap((scope) => [...renamed(scope, conf), ...answered(scope, conf)]);
      return [...new Map(found.map((one) => [JSON.stringify(one), one])).values()];
    }),
};

/** `error_page 404 =200 @other`. */
function renamed(scope: Scope, conf: NginxConf): Diagnostic[] {
  return own(scope, 'error_page').flatMap((directive) =>
    directive.args
      .flatMap((word) => /^=([123]\d\d)$/.exec(word)?.[1] ?? [])
      .map((status) =>
        report('verify/error-as-success', [], { place: titleOfBlock(scope), status }, at(conf, directive)),
      ),
  );
}

/** Every location of the same server that an error may lead to. That of CORS answers OPTIONS, with 204. */
function answered(scope: Scope, conf: NginxConf): Diagnostic[] {
  const places = own(scope, 'error_page').flatMap(({ args }) => wordsOf(conf.scopes, args.at(-1) ?? ''));
  const paths = places.flatMap((place) => [place, `= ${place}`]);
  return locationsAt(conf.scopes, paths, enclosing(scope, 'server')).flatMap((location) =>
    own(location, 'return')
      .filter(({ args: [status = ''] }) => Number(status) < 400 && status !== '204')
      .map((directive) =>
        report(
          'verify/error-as-success',
          [],
          { place: titleOfBlock(location), status: directive.args[0] ?? '' },
          at(conf, directive),
        ),
      ),
  );
}
