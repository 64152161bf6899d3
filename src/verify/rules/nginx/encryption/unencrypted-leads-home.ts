import type { Diagnostic } from '../../../../diagnostics/diagnostic.ts';
import { report } from '../../../../diagnostics/report.ts';
import type { Directive } from '../../../../nginx/directive.ts';
import { own, type Scope } from '../../../../nginx/scope.ts';
import {
  at,
  blocksOf,
  clientConfsOf,
  heading,
  isInternal,
  locationsAt,
  type NginxConf,
  pathOf,
} from '../../../nginx/conf.ts';
import { isHealthAnswer } from '../../../nginx/health.ts';
import { isDefault, isLocal, isSecure, listeners } from '../../../nginx/listeners.ts';
import type { Rule } from '../../rule.ts';

/**
 * Without TLS, nginx answers challenges and leads everything else to the same name with it: by its literal name, since
 * a Host header can say anything, and by a code that keeps a POST a POST.
 */
export const unencryptedLeadsHome: Rule = {
  name: 'unencrypted-leads-home',
  harm: 'secrets',
  loss: 'Clients would send passwords and calls in the clear, or be led to somebody else.',
  check: (dist) => {
    // What nginx answers in the clear then is another rule's business.
    if (dist.lock.gateway.tlsEndedBy) return [];
    return clientConfsOf(dist).flatMap((conf) => {
      const open = listeners(conf.scopes).filter((one) => !isSecure(one) && !isLocal(one) && !isDefault(one));
      return [...new Set(open.map(({ server }) => server))].flatMap((server) => astray(server, conf));
    });
  },
};

function astray(server: Scope, conf: NginxConf): Diagnostic[] {
  const name = own(server, 'server_name')[0]?.args[0] ?? '';
  // nginx takes a wildcard's server only for a Host header that ends in its domain.
  const home = name.startsWith('*.') ? '$host' : name;
  return blocksOf(conf.scopes, 'location', server)
    .filter((location) => !isInternal(location) && own(location, 'root').length === 0)
    .filter((location) => !isHealthAnswer(location))
    .flatMap((location) => {
      const said = answerOf(location, conf);
      const words = said === undefined ? 'nothing' : heading(said);
      const isHome = /^return 30[78] (.*)$/.exec(words)?.[1] === `https://${home}$request_uri`;
      const isRefused = pathOf(location) !== '/' && / =?4\d\d$/.test(words);
      if (isHome || isRefused) return [];
      const params = { name, path: pathOf(location), answer: words };
      return [report('verify/unencrypted-answer', [], params, at(conf, said ?? location.head))];
    });
}

/** What a location answers: there, or in the location that it leads to after the limits. */
function answerOf(location: Scope, conf: NginxConf): Directive | undefined {
  const [said] = ['proxy_pass', 'return', 'try_files'].flatMap((name) => own(location, name));
  const next = said?.directive === 'try_files' ? said.args.at(-1) : undefined;
  if (!next?.startsWith('@')) return said;
  const [named] = locationsAt(conf.scopes, [next], location.parent);
  return named && answerOf(named, conf);
}
