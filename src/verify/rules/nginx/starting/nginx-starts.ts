import type { Diagnostic } from '../../../../diagnostics/diagnostic.ts';
import { report } from '../../../../diagnostics/report.ts';
import type { Directive } from '../../../../nginx/directive.ts';
import { atLeast, until } from '../../../../nginx/versions.ts';
import { at, confsOf, everyDirective, heading, type NginxConf } from '../../../nginx/conf.ts';
import { bySocket, isDefault } from '../../../nginx/listeners.ts';
import type { Rule } from '../../rule.ts';

/** Every nginx that reads the conf takes it, beyond what its table of directives says. */
export const nginxStarts: Rule = {
  name: 'nginx-starts',
  harm: 'reachability',
  loss: 'nginx would refuse its conf, so it would not start, or would keep the old one.',
  check: (dist) =>
    confsOf(dist).flatMap((conf) => [
      ...[
        ...outOfRange(conf),
        ...curvesOfLaterOpenssl(conf),
        ...setByNginxConf(conf),
        ...secondDefaults(conf),
        ...otherUsers(conf),
      ].map((directive) =>
        report('verify/nginx-refuses', [], { directive: heading(directive) }, at(conf, directive)),
      ),
      ...outdated(conf),
    ]),
};

/** nginx keeps the number in 16 bits, and refuses zero besides. */
function outOfRange({ scopes }: NginxConf): Directive[] {
  return everyDirective(scopes, 'limit_conn')
    .map(({ directive }) => directive)
    .filter(({ args }) => !(Number(args[1]) >= 1 && Number(args[1]) < 65536));
}

/** One curve that OpenSSL does not know makes it refuse the whole list. */
function curvesOfLaterOpenssl({ scopes, targets }: NginxConf): Directive[] {
  if (targets.every(({ openssl }) => atLeast(openssl, '3.5'))) return [];
  return everyDirective(scopes, 'ssl_ecdh_curve')
    .map(({ directive }) => directive)
    .filter(({ args }) => /MLKEM/i.test(args[0] ?? ''));
}

/**
 * Set in the http block of our nginx.conf, or of those that come with packages. A second time is an error there, or, of
 * ssl_protocols, adds to what is set: such settings belong in each server.
 */
const inNginxConf = [
  'access_log',
  'default_type',
  'error_log',
  'gzip',
  'keepalive_timeout',
  'sendfile',
  'server_tokens',
  'ssl_prefer_server_ciphers',
  'ssl_protocols',
  'tcp_nopush',
  'types_hash_max_size',
];

function setByNginxConf({ scopes: [whole], file }: NginxConf): Directive[] {
  if (file === 'main') return [];
  return (whole?.directives ?? []).filter(({ directive }) => inNginxConf.includes(directive));
}

function secondDefaults({ scopes }: NginxConf): Directive[] {
  return [...bySocket(scopes).values()].flatMap((sharing) =>
    sharing
      .filter(isDefault)
      .slice(1)
      .map(({ directive }) => directive),
  );
}

/** A package makes one user, and there is no other. */
function otherUsers({ scopes, targets }: NginxConf): Directive[] {
  return everyDirective(scopes, 'user')
    .map(({ directive }) => directive)
    .filter(({ args }) => targets.some(({ user }) => user !== args[0]));
}

/** One conf for several nginx is in the form of the oldest, which newer ones take with a warning. */
function outdated(conf: NginxConf): Diagnostic[] {
  return until
    .filter((row) => conf.targets.every(({ nginx }) => atLeast(nginx, row.until)))
    .flatMap((row) =>
      everyDirective(conf.scopes, row.directive)
        .filter(({ directive }) => directive.args.includes(row.argument))
        .map(({ directive }) =>
          report(
            'verify/nginx-form-outdated',
            [],
            { directive: heading(directive), instead: row.instead, since: row.until },
            at(conf, directive),
          ),
        ),
    );
}
