import type { Diagnostic } from '../../../../diagnostics/diagnostic.ts';
import { report } from '../../../../diagnostics/report.ts';
import { isDirective } from '../../../../nginx/directive.ts';
import { own, type Scope } from '../../../../nginx/scope.ts';
import type { Lock } from '../../../dist.ts';
import {
  at,
  blocksOf,
  clientConfsOf,
  everyDirective,
  heading,
  type NginxConf,
  titleOfBlock,
} from '../../../nginx/conf.ts';
import { isDefault, isLocal, listeners } from '../../../nginx/listeners.ts';
import { mapOf } from '../../../nginx/map-value.ts';
import type { Rule } from '../../rule.ts';

/**
 * Where a load balancer ends TLS, nginx speaks plain HTTP, but only to the balancer: whoever else reaches its port is not
 * answered, whatever headers he sends. And of the balancer's calls, those whose client came without TLS are not passed on.
 */
export const clearFromBalancerAlone: Rule = {
  name: 'clear-from-balancer-alone',
  harm: 'secrets',
  loss: 'Whoever bypasses the load balancer could call functions unencrypted, and claim to be any client.',
  check: (dist) => {
    if (dist.lock.gateway.tlsEndedBy === undefined) return [];
    return clientConfsOf(dist).flatMap((conf) => {
      const open = listeners(conf.scopes).filter((one) => !isLocal(one));
      const servers = [...new Set(open.map(({ server }) => server))];
      const unknown = open.filter(isDefault).map(({ server }) => server);
      return [
        ...believed(conf, dist.lock),
        ...schemes(conf),
        ...servers.flatMap((server) => [
          ...missing(server, conf, '($openfaas_stranger)', '444'),
          ...(unknown.includes(server) ? [] : missing(server, conf, '($openfaas_in_clear)', '426')),
        ]),
      ];
    });
  },
};

/** A server's refusal before any of its locations is chosen, which asks a variable. */
function missing(server: Scope, conf: NginxConf, asked: string, status: string): Diagnostic[] {
  const refuses = blocksOf(conf.scopes, 'if', server).some(
    (scope) =>
      scope.head?.args.join(' ') === asked &&
      own(scope, 'return').some(({ args }) => args.join(' ') === status),
  );
  if (refuses) return [];
  const place = titleOfBlock(server);
  const whom = status === '444' ? 'clients that bypass the load balancer' : 'clients without TLS';
  return [report('verify/answered-in-the-clear', [], { place, whom }, at(conf, server.head))];
}

/** By the address of the connection, which no header changes, and only as the lock file has it. */
function believed(conf: NginxConf, { gateway: { reachableFrom = [] } }: Lock): Diagnostic[] {
  const allowed = ['127.0.0.1', '::1', ...reachableFrom];
  const [geo] = everyDirective(conf.scopes, 'geo').filter(
    ({ directive: { args } }) => args.join(' ') === '$realip_remote_addr $openfaas_stranger',
  );
  if (geo === undefined) {
    const entry = 'no list of its networks';
    return [report('verify/balancer-unknown', [], { entry }, { artifact: { path: conf.path } })];
  }
  const entries = (geo.directive.block ?? []).filter(isDirective);
  const wrong = entries.filter(({ directive, args: [value] }) =>
    directive === 'default'
      ? value !== '1'
      : value !== '1' && !(value === '0' && allowed.includes(directive)),
  );
  const hasDefault = entries.some(({ directive }) => directive === 'default');
  return [
    ...wrong.map((entry) =>
      report('verify/balancer-unknown', [], { entry: heading(entry) }, at(conf, entry)),
    ),
    ...(hasDefault
      ? []
      : [report('verify/balancer-unknown', [], { entry: 'no default' }, at(conf, geo.directive))]),
  ];
}

/** `https` and nothing else is TLS. What is spared is answered by nginx itself. */
function schemes(conf: NginxConf): Diagnostic[] {
  const wrong = (variable: string) =>
    report('verify/scheme-believed', [], { variable }, { artifact: { path: conf.path } });
  const entriesOf = (variable: string, source: string) => {
    const map = mapOf(conf.scopes, variable);
    return map?.head?.args[0] === source
      ? map.directives.map(({ directive, args }) => [directive, args.join(' ')].join('='))
      : [];
  };
  const scheme = entriesOf('$openfaas_scheme_clear', '$http_x_forwarded_proto').sort().join();
  const paths = entriesOf('$openfaas_in_clear', '$uri');
  const spared = paths.filter((entry) => entry !== 'default=$openfaas_scheme_clear');
  const answered = blocksOf(conf.scopes, 'location')
    .filter((location) => own(location, 'proxy_pass').length === 0 && own(location, 'return').length > 0)
    .concat(blocksOf(conf.scopes, 'location').filter((location) => own(location, 'internal').length > 0))
    .map((location) => location.head?.args.join(' '));
  return [
    ...(scheme === 'default=1,https=' ? [] : [wrong('$openfaas_scheme_clear')]),
    ...(paths.length - spared.length === 1 &&
    spared.every((entry) => entry.endsWith('=') && answered.includes(`= ${entry.slice(0, -1)}`))
      ? []
      : [wrong('$openfaas_in_clear')]),
  ];
}
