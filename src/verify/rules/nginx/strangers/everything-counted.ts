import type { Diagnostic } from '../../../../diagnostics/diagnostic.ts';
import { report } from '../../../../diagnostics/report.ts';
import type { Directive } from '../../../../nginx/directive.ts';
import { inherited, own, type Scope } from '../../../../nginx/scope.ts';
import {
  at,
  blocksOf,
  clientConfsOf,
  everyDirective,
  isInternal,
  type NginxConf,
  pathOf,
  titleOfBlock,
} from '../../../nginx/conf.ts';
import { isHealthAnswer } from '../../../nginx/health.ts';
import { isLocalServer } from '../../../nginx/listeners.ts';
import { wordsOf } from '../../../nginx/map-value.ts';
import type { Rule } from '../../rule.ts';

/** Whatever a client asks, and whatever it is refused, counts towards its limits before it is answered. */
export const everythingCounted: Rule = {
  name: 'everything-counted',
  harm: 'lost calls',
  loss: 'One client could ask as often as it likes, and leave no room for the others.',
  check: (dist) =>
    clientConfsOf(dist).flatMap((conf) =>
      blocksOf(conf.scopes, 'server')
        .filter((server) => !isLocalServer(conf.scopes, server))
        .flatMap((server) => [
          ...answeredBefore(server, conf),
          ...refusedUncounted(server, conf),
          ...blocksOf(conf.scopes, 'location', server).flatMap((location) => uncounted(location, conf)),
        ]),
    ),
};

function answeredBefore(scope: Scope, conf: NginxConf): Diagnostic[] {
  const params = { place: titleOfBlock(scope), guards: 'limits' };
  return own(scope, 'return').map((directive) =>
    report('verify/answered-before-guards', [], params, at(conf, directive)),
  );
}

/** `if` refuses before the limits are asked, so that refusal leads to where they are. After 444 there is no answer. */
function refusedUncounted(server: Scope, conf: NginxConf): Diagnostic[] {
  return refusedBy(server, conf)
    .filter((status) => status !== '444')
    .flatMap((status) => uncountedRefusal(status, server, conf));
}

function refusedBy(server: Scope, { scopes }: NginxConf): string[] {
  return blocksOf(scopes, 'if', server).flatMap((scope) =>
    own(scope, 'return').map(({ args: [status = ''] }) => status),
  );
}

function uncountedRefusal(status: string, server: Scope, conf: NginxConf): Diagnostic[] {
  const places = inherited(server, 'error_page')
    .filter(({ args }) => args.includes(status))
    .flatMap(({ args }) => wordsOf(conf.scopes, args.at(-1) ?? ''));
  const counting = blocksOf(conf.scopes, 'location', server)
    .filter((location) => own(location, 'limit_req').length > 0)
    .map((location) => pathOf(location).replace(/^= /, ''));
  if (places.length > 0 && places.every((place) => counting.includes(place))) return [];
  const what = status === '400' ? 'refused paths' : `requests refused with ${status}`;
  const params = { place: `${what} of ${titleOfBlock(server)}`, limit: 'limit_req' };
  return [report('verify/not-counted', [], params, at(conf, server.head))];
}

/** Internal locations are led to where the limits have been asked. */
function uncounted(location: Scope, conf: NginxConf): Diagnostic[] {
  if (isInternal(location) || isHealthAnswer(location)) return [];
  return [
    ...answeredBefore(location, conf),
    ...['limit_req', 'limit_conn']
      .filter((limit) => !inherited(location, limit).some((one) => isByClient(one, conf.scopes)))
      .map((limit) =>
        report('verify/not-counted', [], { place: titleOfBlock(location), limit }, at(conf, location.head)),
      ),
  ];
}

/** Whether each client has a count of its own: the zone's key is a variable. */
function isByClient({ directive, args }: Directive, scopes: readonly Scope[]): boolean {
  const zone = args.find((arg) => arg.startsWith('zone='))?.slice('zone='.length) ?? args[0];
  return everyDirective(scopes, `${directive}_zone`).some(
    ({ directive: { args } }) => args[0]?.startsWith('$') && args[1]?.startsWith(`zone=${zone}:`),
  );
}
