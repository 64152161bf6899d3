import { inherited, own } from '../../../nginx/scope.ts';
import { everyDirective, finding, heading, type NginxRule } from './nginx-rule.ts';

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
  'x-callback-url': /^$/,
};

/** Every call that goes on says who called, by nginx' own knowledge, and in no header what the client says of itself. */
export const headersOverwritten: NginxRule = {
  name: 'headers-overwritten',
  check: (scopes) =>
    scopes.flatMap((scope) => {
      const [pass] = own(scope, 'proxy_pass');
      if (pass === undefined) return [];
      const set = new Map(
        inherited(scope, 'proxy_set_header').map(({ args: [name = '', value = ''] }) => [
          name.toLowerCase(),
          value,
        ]),
      );
      return Object.entries(told)
        .filter(([name, value]) => !value.test(set.get(name) ?? '-'))
        .map(([name]) =>
          finding(
            set.has(name)
              ? `the header ${name} is set to "${set.get(name)}"`
              : `the header ${name} goes on as the client wrote it`,
            pass,
          ),
        );
    }),
};

/** A client's own words reach what is behind as the request, never as a header that nginx vouches for. */
export const headersVouched: NginxRule = {
  name: 'headers-vouched',
  check: (scopes) =>
    everyDirective(scopes, 'proxy_set_header')
      .filter(({ directive: { args } }) =>
        /\$\{?(http_|arg_|cookie_|proxy_add_x_forwarded_for)/.test(args[1] ?? ''),
      )
      .map(({ directive }) => finding(`${heading(directive)}: a client chooses it`, directive)),
};

/** Only what can have had no effect is tried again: a kept connection that had just been closed, and never a POST. */
export const triedOnce: NginxRule = {
  name: 'tried-once',
  check: (scopes) =>
    scopes.flatMap((scope) => {
      const [pass] = own(scope, 'proxy_pass');
      const said = inherited(scope, 'proxy_next_upstream')[0]?.args.join(' ') ?? 'error timeout';
      return pass === undefined || said === 'error' || said === 'off'
        ? []
        : [finding(`a call is tried again after "${said}", and may have been done`, pass)];
    }),
};
