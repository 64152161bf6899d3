import { block, comment, directive, type Statement } from '../../../nginx/directive.ts';
import type { Platform } from '../../../platform/platform.ts';

/**
 * A variable that tells whether a client asks for an upgrade to WebSocket (RFC 6455, 4.1) and to nothing else. All other
 * requests are ordinary calls: another protocol would bypass limits, headers and the log.
 */
export function websocketMaps({ functions }: Platform): Statement[] {
  if (!functions.some(({ http }) => http.websocket)) return [];
  return [
    comment('Only WebSocket: GET over HTTP/1.1, with both headers. No other upgrade is passed on.'),
    block(
      'map',
      ['$request_method $server_protocol $http_connection|$http_upgrade', '$openfaas_upgrade'],
      [
        directive('default', ''),
        directive('~*^GET HTTP/1\\.1 (?:[^|]*,)?[ \\t]*upgrade[ \\t]*(?:,[^|]*)?\\|websocket$', 'websocket'),
      ],
    ),
    block(
      'map',
      ['$openfaas_upgrade', '$openfaas_connection'],
      [directive('default', ''), directive('websocket', 'upgrade')],
    ),
  ];
}
