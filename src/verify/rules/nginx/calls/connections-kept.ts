import { report } from '../../../../diagnostics/report.ts';
import { inherited, own, type Scope, setting } from '../../../../nginx/scope.ts';
import { atLeast } from '../../../../nginx/versions.ts';
import { at, confsOf, proxying } from '../../../nginx/conf.ts';
import type { Rule } from '../../rule.ts';

/** Connections to an upstream are kept only when three directives agree; nginx does it by itself since 1.29.7. */
export const connectionsKept: Rule = {
  name: 'connections-kept',
  harm: 'lost calls',
  loss: 'Under load nginx would run out of ports, because each call takes a new connection.',
  check: (dist) =>
    confsOf(dist).flatMap((conf) => {
      if (conf.targets.every(({ nginx }) => atLeast(nginx, '1.29.7'))) return [];
      return proxying(conf.scopes).flatMap((scope) => {
        const [pass] = own(scope, 'proxy_pass');
        const name = /^https?:\/\/([^/:$]+)/.exec(pass?.args[0] ?? '')?.[1];
        const upstream = conf.scopes.find(
          ({ name: block, head }) => block === 'upstream' && head?.args[0] === name,
        );
        if (name === undefined || upstream === undefined || (keeps(upstream) && isSpokenTo(scope))) return [];
        return [report('verify/connection-per-call', [], { upstream: name }, at(conf, pass))];
      });
    }),
};

function keeps(upstream: Scope): boolean {
  return own(upstream, 'keepalive').length > 0;
}

/** In HTTP/1.1, and without the `Connection: close` that nginx sends unless it is told otherwise. */
function isSpokenTo(scope: Scope): boolean {
  const connection = inherited(scope, 'proxy_set_header').find(
    ({ args }) => args[0]?.toLowerCase() === 'connection',
  );
  return (
    setting(scope, 'proxy_http_version', '1.0') === '1.1' &&
    connection !== undefined &&
    connection.args[1] !== 'close'
  );
}
