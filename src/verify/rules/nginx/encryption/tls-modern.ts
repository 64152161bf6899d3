import type { Diagnostic } from '../../../../diagnostics/diagnostic.ts';
import { report } from '../../../../diagnostics/report.ts';
import { inherited, type Scope, setting } from '../../../../nginx/scope.ts';
import { atLeast } from '../../../../nginx/versions.ts';
import { at, confsOf, type NginxConf, titleOfBlock } from '../../../nginx/conf.ts';
import { bySocket, isDefault, isSecure, listeners } from '../../../nginx/listeners.ts';
import type { Rule } from '../../rule.ts';

/** Mozilla's guideline, in either of its profiles: forward secrecy and authenticated ciphers. */
export const tlsModern: Rule = {
  name: 'tls-modern',
  harm: 'secrets',
  loss: 'Somebody between a client and nginx could read calls, or record them and read them later.',
  check: (dist) =>
    confsOf(dist).flatMap((conf) => {
      const servers = new Set(
        listeners(conf.scopes)
          .filter(isSecure)
          .map(({ server }) => server),
      );
      return [
        ...[...servers].flatMap((server) =>
          weaknesses(server, conf).map((offered) =>
            report('verify/tls-weak', [], { server: titleOfBlock(server), offered }, at(conf, server.head)),
          ),
        ),
        ...ofDefaultServer(conf),
      ];
    }),
};

/** TLS 1.3 has no other ciphers than good ones. */
const goodCipher = /^ECDHE-(ECDSA|RSA)-(AES(128-GCM-SHA256|256-GCM-SHA384)|CHACHA20-POLY1305)$/;
const goodCurves = ['X25519MLKEM768', 'X25519', 'X448', 'prime256v1', 'secp384r1', 'secp521r1'];

/** What a server accepts though it should not. Without a directive, nginx's default counts. */
function weaknesses(server: Scope, { targets }: NginxConf): string[] {
  const isBefore = (version: string) => targets.some(({ nginx }) => !atLeast(nginx, version));
  const named = inherited(server, 'ssl_protocols').flatMap(({ args }) => args);
  const old = isBefore('1.27.3') ? ['TLSv1', 'TLSv1.1'] : [];
  const protocols = named.length > 0 ? named : [...old, 'TLSv1.2', 'TLSv1.3'];
  const ciphers = setting(server, 'ssl_ciphers', 'HIGH:!aNULL:!MD5').split(':');
  const curves = setting(server, 'ssl_ecdh_curve', 'auto').split(':');
  return [
    ...protocols.filter((name) => !/^TLSv1\.[23]$/.test(name)),
    ...(protocols.includes('TLSv1.2') ? ciphers.filter((name) => !goodCipher.test(name)) : []).map(
      (name) => `the cipher ${name}`,
    ),
    ...curves
      .filter((name) => name !== 'auto' && !goodCurves.includes(name))
      .map((name) => `the curve ${name}`),
    // Later ones change the tickets' keys by themselves.
    ...(isBefore('1.23.2') && setting(server, 'ssl_session_tickets', 'on') !== 'off'
      ? ['session tickets with a key that never changes']
      : []),
  ];
}

/** Until 1.29.2 a handshake follows the protocols of the socket's default server, whatever the named one says. */
function ofDefaultServer(conf: NginxConf): Diagnostic[] {
  if (conf.targets.every(({ nginx }) => atLeast(nginx, '1.29.2'))) return [];
  return [...bySocket(conf.scopes)].flatMap(([socket, sharing]) => {
    const leader = sharing.find(isDefault) ?? sharing[0];
    return sharing
      .filter(isSecure)
      .filter(({ server }) => leader !== undefined && protocolsOf(server) !== protocolsOf(leader.server))
      .map(({ server, directive }) =>
        report(
          'verify/tls-of-default-server',
          [],
          { server: titleOfBlock(server), socket },
          at(conf, directive),
        ),
      );
  });
}

function protocolsOf(server: Scope): string {
  return inherited(server, 'ssl_protocols')
    .flatMap(({ args }) => args)
    .sort()
    .join(' ');
}
