import { report } from '../../../../diagnostics/report.ts';
import type { Directive } from '../../../../nginx/directive.ts';
import { at, blocksOf, clientConfsOf, titleOfBlock } from '../../../nginx/conf.ts';
import { headersOf } from '../../../nginx/headers.ts';
import { isDefault, isLocal, isSecure, type Listener, listeners } from '../../../nginx/listeners.ts';
import type { Rule } from '../../rule.ts';

/** A browser that has been here asks with TLS for a long time to come, whatever the answer was. */
export const httpsRemembered: Rule = {
  name: 'https-remembered',
  harm: 'secrets',
  loss: 'Somebody on the way could lead a browser to an unencrypted copy of the site.',
  check: (dist) =>
    clientConfsOf(dist).flatMap((conf) => {
      const isHttps = dist.lock.gateway.tlsEndedBy ? (one: Listener) => !isLocal(one) : isSecure;
      const named = listeners(conf.scopes).filter((one) => isHttps(one) && !isDefault(one));
      return [...new Set(named.map(({ server }) => server))].flatMap((server) =>
        [server, ...blocksOf(conf.scopes, 'location', server)]
          .filter((scope) => !headersOf(scope).some(isStrict))
          .map((scope) =>
            report('verify/hsts-missing', [], { place: titleOfBlock(scope) }, at(conf, scope.head)),
          ),
      );
    }),
};

function isStrict({ args: [name, value = '', always] }: Directive): boolean {
  return (
    name?.toLowerCase() === 'strict-transport-security' && /^max-age=\d+/.test(value) && always === 'always'
  );
}
