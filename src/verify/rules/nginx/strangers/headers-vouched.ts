import type { Diagnostic } from '../../../../diagnostics/diagnostic.ts';
import { report } from '../../../../diagnostics/report.ts';
import { inherited, own, type Scope } from '../../../../nginx/scope.ts';
import {
  at,
  clientConfsOf,
  everyDirective,
  type NginxConf,
  proxying,
  titleOfBlock,
} from '../../../nginx/conf.ts';
import type { Rule } from '../../rule.ts';

/** Every call that goes on says who called, by nginx's own knowledge, and in no header what the client says of itself. */
export const headersVouched: Rule = {
  name: 'headers-vouched',
  harm: 'exposure',
  loss: 'A client could pass for another address, name or user, and be believed by what is behind nginx.',
  check: (dist) =>
    clientConfsOf(dist).flatMap((conf) => {
      const behindBalancer = dist.lock.gateway.tlsEndedBy !== undefined;
      const expected = Object.entries({
        ...told,
        ...(behindBalancer && toldBehindBalancer),
        ...toldOfUsersIn(conf),
      });
      return [
        ...proxying(conf.scopes).flatMap((scope) => unknown(scope, conf, expected)),
        ...chosenByClient(conf),
        ...conf.scopes.flatMap((scope) => twice(scope, conf)),
      ];
    }),
};

/** What is behind is told of a call by these, and what a client wrote in them is gone. */
const told: Readonly<Record<string, RegExp>> = {
  host: /^\$host$/,
  connection: /^(|\$openfaas_connection)$/,
  'x-real-ip': /^\$remote_addr$/,
  'x-forwarded-for': /^\$remote_addr$/,
  'x-forwarded-host': /^\$host$/,
  'x-forwarded-proto': /^\$scheme$/,
  'x-forwarded-port': /^\$server_port$/,
  'x-call-id': /^\$request_id$/,
  forwarded: /^$/,
  proxy: /^$/,
  // A list, which is a rule's business of its own.
  'x-callback-url': /^(|\$openfaas_callback_\w+)$/,
};

/** nginx passes on only calls that came to the balancer with TLS. */
const toldBehindBalancer: Readonly<Record<string, RegExp>> = {
  'x-forwarded-proto': /^https$/,
  'x-forwarded-port': /^443$/,
};

/** The same, where a conf tells them to any function. */
const toldOfUsers: Readonly<Record<string, RegExp>> = {
  'x-client-subject': /^(|\$ssl_client_s_dn)$/,
  'x-auth-request-user': /^(|\$openfaas_user)$/,
};

function toldOfUsersIn({ scopes }: NginxConf): Readonly<Record<string, RegExp>> {
  const anywhere = new Set(
    everyDirective(scopes, 'proxy_set_header').map(({ directive: { args } }) => args[0]?.toLowerCase()),
  );
  return Object.fromEntries(Object.entries(toldOfUsers).filter(([name]) => anywhere.has(name)));
}

function unknown(
  scope: Scope,
  conf: NginxConf,
  expected: readonly (readonly [name: string, right: RegExp])[],
): Diagnostic[] {
  const set = inherited(scope, 'proxy_set_header');
  const valuesOf = (name: string) =>
    set.filter(({ args }) => args[0]?.toLowerCase() === name).map(({ args: [, value = ''] }) => value);
  return expected
    .filter(([name, right]) => {
      const values = valuesOf(name);
      return values.length === 0 || !values.every((value) => right.test(value));
    })
    .map(([header]) => notVouched(header, scope, conf));
}

function notVouched(header: string, scope: Scope, conf: NginxConf): Diagnostic {
  const params = { header, place: titleOfBlock(scope) };
  const [directive] = [...own(scope, 'proxy_set_header'), ...own(scope, 'proxy_pass')];
  return report('verify/header-not-vouched', [], params, at(conf, directive));
}

/** `$uri` is decoded, so it may hold line ends and further headers. */
const ofClient = /\$\{?(http_|arg_|cookie_|proxy_add_x_forwarded_for|uri\b|document_uri)/;

function chosenByClient(conf: NginxConf): Diagnostic[] {
  return everyDirective(conf.scopes, 'proxy_set_header')
    .filter(({ directive: { args } }) => ofClient.test(args[1] ?? ''))
    .filter(({ directive: { args } }) => !Object.hasOwn(told, args[0]?.toLowerCase() ?? ''))
    .map(({ directive: { args }, scope }) => notVouched((args[0] ?? '').toLowerCase(), scope, conf));
}

/** Both would be sent, and who reads them takes one or the other, or refuses the request. */
function twice(scope: Scope, conf: NginxConf): Diagnostic[] {
  return ['proxy_set_header', 'add_header'].flatMap((name) => {
    const headers = own(scope, name).map(({ args }) => args[0]?.toLowerCase() ?? '');
    return own(scope, name)
      .filter((_, index) => headers.indexOf(headers[index] ?? '') < index)
      .map((directive) =>
        report(
          'verify/header-twice',
          [],
          { header: directive.args[0] ?? '', place: titleOfBlock(scope) },
          at(conf, directive),
        ),
      );
  });
}
