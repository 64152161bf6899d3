import { type Directive, isDirective } from '../../../nginx/directive.ts';
import { enclosing, inherited, own } from '../../../nginx/scope.ts';
import { listeners } from './listeners.ts';
import { everyDirective, finding, heading, type NginxRule } from './nginx-rule.ts';

/** No CVE of 2026 in rewrites, captures or aliases can be reached from a conf without them; nor can a path trick. */
export const plainLocations: NginxRule = {
  name: 'plain-locations',
  check: (scopes) => [
    ...everyDirective(scopes, 'rewrite', 'alias').map(({ directive }) =>
      finding(`"${directive.directive}" is not for our confs`, directive),
    ),
    ...everyDirective(scopes, 'if')
      .filter(({ directive, scope }) => scope.name !== 'server' || !onlyRefuses(directive))
      .map(({ directive }) =>
        finding('"if" is only for a server that refuses by one variable, and does nothing else', directive),
      ),
    ...everyDirective(scopes, 'location')
      .filter(({ directive }) => directive.args[0]?.startsWith('~'))
      .map(({ directive }) =>
        finding(`${heading(directive)}: locations are never regular expressions`, directive),
      ),
  ],
};

/** `if ($variable) { return 400; }`: of all that `if` may hold, nginx documents `return` alone as safe. */
function onlyRefuses({ args, block = [] }: Directive): boolean {
  const inside = block.filter(isDirective);
  return (
    /^\(\$\w+\)$/.test(args.join(' ')) &&
    inside.length === 1 &&
    inside.every(
      ({ directive, args: [code = '', ...more] }) =>
        directive === 'return' && /^4\d\d$/.test(code) && more.length === 0,
    )
  );
}

/** nginx keeps the number in 16 bits, and refuses zero besides. */
export const limitConnRange: NginxRule = {
  name: 'limit-conn-range',
  check: (scopes) =>
    everyDirective(scopes, 'limit_conn')
      .filter(({ directive: { args } }) => !(Number(args[1]) >= 1 && Number(args[1]) < 65536))
      .map(({ directive }) =>
        finding(`${heading(directive)}: the number must be from 1 to 65535`, directive),
      ),
};

/** `allow` alone forbids nothing, and `return` answers before either is asked. */
export const accessComplete: NginxRule = {
  name: 'access-complete',
  check: (scopes) =>
    scopes.flatMap((scope) => {
      const [allow] = own(scope, 'allow');
      const [first] = [...own(scope, 'allow'), ...own(scope, 'deny')];
      const closed = own(scope, 'deny').some(({ args }) => args[0] === 'all');
      return [
        ...(allow !== undefined && !closed
          ? [finding('"allow" without "deny all" forbids nobody', allow)]
          : []),
        ...(first !== undefined && own(scope, 'return').length > 0
          ? [finding('"return" answers before "allow" and "deny" are asked', first)]
          : []),
      ];
    }),
};

/** nginx's counters are for this machine, or for named networks. */
export const statusPrivate: NginxRule = {
  name: 'status-private',
  check: (scopes) =>
    everyDirective(scopes, 'stub_status').flatMap(({ directive, scope }) => {
      const closed = inherited(scope, 'deny').some(({ args }) => args[0] === 'all');
      const server = enclosing(scope, 'server');
      const local = listeners(scopes)
        .filter((listener) => listener.server === server)
        .every(({ socket }) => /^(127\.|\[::1\]|unix:)/.test(socket));
      return closed || local ? [] : [finding('stub_status is open to everybody', directive)];
    }),
};

/** The header that names the client is believed from known addresses only. */
export const realIpTrusted: NginxRule = {
  name: 'real-ip-trusted',
  check: (scopes) => [
    ...everyDirective(scopes, 'real_ip_header')
      .filter(({ scope }) => inherited(scope, 'set_real_ip_from').length === 0)
      .map(({ directive }) => finding('real_ip_header without set_real_ip_from does nothing', directive)),
    ...everyDirective(scopes, 'set_real_ip_from')
      .filter(({ directive }) => directive.args[0]?.endsWith('/0'))
      .map(({ directive }) => finding(`${heading(directive)} lets anybody name their address`, directive)),
  ],
};
