import { report } from '../../../../diagnostics/report.ts';
import { own, type Scope, setting } from '../../../../nginx/scope.ts';
import { at, blocksOf, clientConfsOf, isInternal } from '../../../nginx/conf.ts';
import { isHealthAnswer } from '../../../nginx/health.ts';
import { bySocket, isDefault, isLocal, isSecure } from '../../../nginx/listeners.ts';
import type { Rule } from '../../rule.ts';

/**
 * Names that are nobody's get neither a page nor a certificate: each socket has a default server that refuses. Over
 * HTTP/2 a browser may ask for a name on another name's connection, past the handshake that would refuse it: 421 then.
 */
export const strangersRefused: Rule = {
  name: 'strangers-refused',
  harm: 'exposure',
  loss: 'Scanners that know only an address, and names that strangers point at it, would reach functions.',
  check: (dist) =>
    clientConfsOf(dist).flatMap((conf) =>
      [...bySocket(conf.scopes)].flatMap(([socket, sharing]) => {
        const [first] = sharing;
        if (first === undefined || isLocal(first)) return [];
        const chosen = sharing.find(isDefault);
        if (chosen !== undefined && refuses(chosen.server, isSecure(chosen), conf.scopes)) return [];
        return [report('verify/stranger-answered', [], { socket }, at(conf, (chosen ?? first).directive))];
      }),
    ),
};

function refuses(server: Scope, secure: boolean, scopes: readonly Scope[]): boolean {
  const open = blocksOf(scopes, 'location', server).filter(
    (location) => !isInternal(location) && !(isHealthAnswer(location) && !secure),
  );
  const statuses = (own(server, 'return').length > 0 ? [server] : open).map(statusOf);
  if (!secure) return statuses.length > 0 && statuses.every((status) => status === '444');
  return (
    setting(server, 'ssl_reject_handshake', 'off') === 'on' &&
    statuses.length > 0 &&
    statuses.every((status) => status === '421')
  );
}

/** What a block answers by itself: `return 444`, or after the limits `try_files "" =444`. */
function statusOf(block: Scope): string | undefined {
  const [said] = [...own(block, 'return'), ...own(block, 'try_files')];
  return said?.directive === 'return' ? said.args[0] : said?.args.at(-1)?.replace(/^=/, '');
}
