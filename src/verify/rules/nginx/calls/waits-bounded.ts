import type { Diagnostic } from '../../../../diagnostics/diagnostic.ts';
import { report } from '../../../../diagnostics/report.ts';
import { own, setting } from '../../../../nginx/scope.ts';
import { at, confsOf, everyDirective, heading, type NginxConf } from '../../../nginx/conf.ts';
import { millisecondsOf } from '../../../nginx/value.ts';
import type { Rule } from '../../rule.ts';

/** nginx gives nobody up at once, waits minutes at most for a client, and sends for as long as it waits. */
export const waitsBounded: Rule = {
  name: 'waits-bounded',
  harm: 'lost calls',
  loss: 'nginx would end calls that are under way, or slow clients would hold every connection.',
  check: (dist) =>
    confsOf(dist).flatMap((conf) => [...givesUpAtOnce(conf), ...heldTooLong(conf), ...sendsShorter(conf)]),
};

/** Here nginx's default is 0, which means that there is none. */
const zeroMeansNone = ['proxy_next_upstream_timeout', 'keepalive_min_timeout'];

/** Zero does not mean "unlimited": it times out at once. */
function givesUpAtOnce(conf: NginxConf): Diagnostic[] {
  return conf.scopes
    .flatMap(({ directives }) => directives)
    .filter(({ directive }) => directive.endsWith('_timeout') && !zeroMeansNone.includes(directive))
    .filter(({ args }) => args.some((time) => /^\d/.test(time) && !/[1-9]/.test(time)))
    .map((directive) =>
      report('verify/gives-up-at-once', [], { directive: heading(directive) }, at(conf, directive)),
    );
}

const ofClients = ['client_header_timeout', 'client_body_timeout', 'send_timeout', 'proxy_connect_timeout'];

function heldTooLong(conf: NginxConf): Diagnostic[] {
  return everyDirective(conf.scopes, ...ofClients)
    .filter(({ directive: { args } }) => millisecondsOf(args[0] ?? '') > 120_000)
    .map(({ directive }) =>
      report('verify/held-too-long', [], { directive: heading(directive) }, at(conf, directive)),
    );
}

function sendsShorter(conf: NginxConf): Diagnostic[] {
  return conf.scopes.flatMap((scope) => {
    const [directive] = [...own(scope, 'proxy_send_timeout'), ...own(scope, 'proxy_read_timeout')];
    const send = setting(scope, 'proxy_send_timeout', '60s');
    const read = setting(scope, 'proxy_read_timeout', '60s');
    const isShorter = millisecondsOf(send) < millisecondsOf(read);
    return directive === undefined || !isShorter
      ? []
      : [report('verify/sends-shorter-than-waits', [], { send, read }, at(conf, directive))];
  });
}
