import { inherited, own } from '../../../nginx/scope.ts';
import { mapOf, mapValue } from './map-value.ts';
import { finding, type NginxRule } from './nginx-rule.ts';

/** What a client may ask for: method, protocol, `Connection`, `Upgrade`; and whether that is websocket. */
const asked: readonly (readonly [words: Readonly<Record<string, string>>, websocket: boolean])[] = [
  [says('GET', 'HTTP/1.1', 'Upgrade', 'websocket'), true],
  [says('GET', 'HTTP/1.1', 'keep-alive, upgrade', 'WebSocket'), true],
  [says('GET', 'HTTP/1.1', 'Upgrade', 'h2c'), false],
  [says('GET', 'HTTP/1.1', 'Upgrade, HTTP2-Settings', 'h2c'), false],
  [says('GET', 'HTTP/1.1', 'Upgrade', 'websocket, h2c'), false],
  [says('GET', 'HTTP/1.1', 'Upgrade', 'h2c, websocket'), false],
  [says('GET', 'HTTP/1.1', 'Upgrade', 'x'), false],
  [says('GET', 'HTTP/1.1', 'Upgrade', ''), false],
  [says('GET', 'HTTP/1.1', '', 'websocket'), false],
  [says('POST', 'HTTP/1.1', 'Upgrade', 'websocket'), false],
  [says('GET', 'HTTP/2.0', 'Upgrade', 'websocket'), false],
];

function says(method: string, protocol: string, connection: string, upgrade: string): Record<string, string> {
  return {
    $request_method: method,
    $server_protocol: protocol,
    $http_connection: connection,
    $http_upgrade: upgrade,
  };
}

/** Another protocol would leave limits, headers and the log behind: a tunnel to what stands behind nginx. */
export const websocketAlone: NginxRule = {
  name: 'websocket-alone',
  check: (scopes) =>
    scopes.flatMap((scope) =>
      own(scope, 'proxy_set_header')
        .filter(({ args }) => args[0]?.toLowerCase() === 'upgrade' && args[1] !== '')
        .flatMap((directive) => {
          const [, variable = ''] = directive.args;
          const map = mapOf(scopes, variable);
          const connection = mapOf(
            scopes,
            inherited(scope, 'proxy_set_header').find(({ args }) => args[0]?.toLowerCase() === 'connection')
              ?.args[1] ?? '',
          );
          if (map === undefined)
            return [finding('a client switches to any protocol that it names', directive)];
          const wrong = asked.find(([words, websocket]) => {
            const text = (map.head?.args[0] ?? '').replaceAll(/\$\w+/g, (name) => words[name] ?? '');
            return mapValue(map, text) !== (websocket ? 'websocket' : '');
          });
          return [
            ...(wrong === undefined
              ? []
              : [finding(`who says ${Object.values(wrong[0]).join(' ')} is not answered rightly`, map.head)]),
            ...(connection?.head?.args[0] === variable &&
            mapValue(connection, 'websocket') === 'upgrade' &&
            mapValue(connection, '') === ''
              ? []
              : [finding('Connection says something else than Upgrade', directive)]),
          ];
        }),
    ),
};
