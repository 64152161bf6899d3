import { inherited, own, type Scope, setting } from '../../../nginx/scope.ts';
import { atLeast } from '../../../nginx/versions.ts';
import { bySocket, isDefault } from './listeners.ts';
import { everyDirective, finding, heading, type NginxRule } from './nginx-rule.ts';

/** Until 1.29.2 a handshake follows the protocols of the socket's default server, whatever the named one says. */
export const protocolsAgree: NginxRule = {
  name: 'protocols-agree',
  check: (scopes, { nginx }) => {
    if (atLeast(nginx, '1.29.2')) return [];
    return [...bySocket(scopes)].flatMap(([socket, sharing]) => {
      const leader = sharing.find(isDefault) ?? sharing[0];
      const secure = sharing.filter(({ words }) => words.includes('ssl') || words.includes('quic'));
      return secure.flatMap(({ server, directive }) => {
        if (leader === undefined || protocols(server) === protocols(leader.server)) return [];
        return [
          finding(
            `ssl_protocols are not those of the default server of ${socket}, which rule here`,
            directive,
          ),
        ];
      });
    });
  },
};

function protocols(server: Scope): string {
  return inherited(server, 'ssl_protocols')
    .flatMap(({ args }) => args)
    .sort()
    .join(' ');
}

/** Over HTTP/2 a browser may ask for a name on another name's connection, past the handshake that would refuse it. */
export const misdirectedAnswered: NginxRule = {
  name: 'misdirected-answered',
  check: (scopes) =>
    scopes.flatMap((scope) => {
      if (scope.name !== 'server' || setting(scope, 'ssl_reject_handshake', 'off') === 'off') return [];
      const answers = scopes.some(
        ({ name, head, parent, directives }) =>
          name === 'location' &&
          parent === scope &&
          head?.args.join(' ') === '/' &&
          directives.some(
            ({ directive, args }) =>
              (directive === 'return' && args[0] === '421') ||
              (directive === 'try_files' && args.at(-1) === '=421'),
          ),
      );
      if (answers) return [];
      const message = 'a server that refuses handshakes has no "location /" that answers 421';
      return [finding(message, own(scope, 'ssl_reject_handshake')[0] ?? scope.head)];
    }),
};

/** Let's Encrypt ended OCSP in 2025. */
export const noStapling: NginxRule = {
  name: 'no-stapling',
  check: (scopes) =>
    everyDirective(scopes, 'ssl_stapling')
      .filter(({ directive }) => directive.args[0] !== 'off')
      .map(({ directive }) => finding('ssl_stapling has nothing to staple', directive)),
};

/** One curve that OpenSSL does not know makes it refuse the whole list. */
export const curvesKnown: NginxRule = {
  name: 'curves-known',
  check: (scopes, { openssl }) =>
    everyDirective(scopes, 'ssl_ecdh_curve')
      .filter(({ directive }) => /MLKEM/i.test(directive.args[0] ?? '') && !atLeast(openssl, '3.5'))
      .map(({ directive }) =>
        finding(`${heading(directive)}: this is OpenSSL ${openssl}, which has no ML-KEM`, directive),
      ),
};
