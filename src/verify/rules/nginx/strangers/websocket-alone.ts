import { report } from '../../../../diagnostics/report.ts';
import type { Directive } from '../../../../nginx/directive.ts';
import { inherited, type Scope } from '../../../../nginx/scope.ts';
import { at, clientConfsOf, everyDirective } from '../../../nginx/conf.ts';
import { mapOf, mapValue } from '../../../nginx/map-value.ts';
import type { Rule } from '../../rule.ts';

/** A client switches to websocket and to no other protocol. */
export const websocketAlone: Rule = {
  name: 'websocket-alone',
  harm: 'exposure',
  loss: 'A client could open a tunnel to what is behind nginx, past limits, headers and the log.',
  check: (dist) =>
    clientConfsOf(dist).flatMap((conf) =>
      everyDirective(conf.scopes, 'proxy_set_header')
        .filter(({ directive: { args } }) => args[0]?.toLowerCase() === 'upgrade' && args[1] !== '')
        .filter(({ directive, scope }) => !isWebsocketAlone(directive, scope, conf.scopes))
        .map(({ directive }) =>
          report('verify/upgrade-not-websocket', [], { value: directive.args[1] ?? '' }, at(conf, directive)),
        ),
    ),
};

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

function isWebsocketAlone({ args: [, variable = ''] }: Directive, scope: Scope, scopes: readonly Scope[]) {
  const map = mapOf(scopes, variable);
  const said = inherited(scope, 'proxy_set_header').find(
    ({ args }) => args[0]?.toLowerCase() === 'connection',
  );
  const connection = mapOf(scopes, said?.args[1] ?? '');
  return (
    map !== undefined &&
    asked.every(([words, websocket]) => {
      const text = (map.head?.args[0] ?? '').replaceAll(/\$\w+/g, (name) => words[name] ?? '');
      return mapValue(map, text) === (websocket ? 'websocket' : '');
    }) &&
    connection?.head?.args[0] === variable &&
    mapValue(connection, 'websocket') === 'upgrade' &&
    mapValue(connection, '') === ''
  );
}
