import { isDeepStrictEqual } from 'node:util';
import type { Diagnostic } from '../../../diagnostics/diagnostic.ts';
import { report } from '../../../diagnostics/report.ts';
import { directivesBelow } from '../../../nginx/find.ts';
import type { Dist } from '../../dist.ts';
import { platformDomains, redirectsOf } from '../../nginx/domains.ts';
import { guardOf, type Way, waysOf } from '../../nginx/gateway-ways.ts';
import { headersForAll } from '../../nginx/headers-for-all.ts';
import { healthPaths } from '../../nginx/health.ts';
import { comparedOrigins, originsOf } from '../../nginx/origins.ts';
import type { Rule } from '../rule.ts';
import { ofNode, type Statement } from './node-as-meant.ts';
import { ofProxy } from './proxy-as-meant.ts';

/**
 * Who logs in, who is let in and where things come from is as the lock file says: what another config could say, nobody
 * says by editing one file.
 */
export const asMeant: Rule = {
  name: 'as-meant',
  harm: 'ownership',
  loss: 'Somebody could log in or be let in by editing one file of dist/.',
  check: (dist) => [
    ...dist.nodes.flatMap((node) =>
      contradictions([...ofNode(dist, node), ...ofProxy(dist, node)], node.path),
    ),
    ...contradictions(ofGateway(dist), 'nginx/openfaas.conf'),
  ],
};

/** What the lock file says was meant, and the files say otherwise. */
export function contradictions(statements: readonly Statement[], path: string): Diagnostic[] {
  return statements
    .filter(([, meant, found]) => !isDeepStrictEqual(meant, found))
    .map(([what, meant, found]) =>
      report(
        'verify/not-as-meant',
        [],
        { what, meant: shown(meant), found: shown(found) },
        { artifact: { path } },
      ),
    );
}

function shown(value: unknown): string {
  return value === undefined || value === null ? 'nothing' : JSON.stringify(value);
}

function ofGateway(dist: Dist): Statement[] {
  const { gateway, functions } = dist.lock.intent;
  if (dist.nginx.length === 0) return [];
  const ways = waysOf(dist);
  const byName = new Map<string | undefined, Way[]>();
  for (const way of ways) byName.set(way.name, [...(byName.get(way.name) ?? []), way]);
  return [
    ['whom nginx believes about addresses', gateway.trustedProxies, trustedIn(dist)],
    ['who has no limits', gateway.exempt, exemptIn(dist)],
    ['the other domains of the platform', gateway.aliases ?? [], platformDomains(dist, ways)],
    ['the domains that lead to another', gateway.redirects ?? {}, redirectsOf(dist)],
    ['where health checks are answered', [gateway.healthPath ?? []].flat(), healthPaths(dist)],
    ['the headers of answers', gateway.headers ?? {}, headersForAll(dist)],
    ['who reaches the administration', gateway.admin, adminIn(ways)],
    [
      'the sites that read other answers',
      [],
      originsOf(
        dist,
        ways.filter(({ name }) => name === undefined),
      ),
    ],
    ...Object.entries(functions).flatMap(
      ([name, { domains, paths, networks, auth, origins }]): Statement[] => {
        const own = (byName.get(name) ?? []).filter(({ internal }) => !internal);
        const guards = own.map((way) => guardOf(way, ways));
        const others = guards.filter((guard) => !isDeepStrictEqual(guard, { networks, auth }));
        return [
          [`by what paths ${name} is reached`, paths, pathsIn(own)],
          [`by what domains ${name} is reached`, domains, domainsIn(own)],
          [
            `the sites that read answers of ${name}`,
            origins ?? [],
            comparedOrigins(originsOf(dist, own), origins),
          ],
          [`who may call ${name}`, { networks, auth }, others[0] ?? { networks, auth }],
        ];
      },
    ),
  ];
}

function trustedIn({ nginx }: Dist): unknown {
  const said = (name: string) =>
    nginx.flatMap(({ statements }) => directivesBelow(statements, name)).flatMap(({ args }) => args[0] ?? []);
  const networks = said('set_real_ip_from');
  return networks.length === 0 ? null : { header: said('real_ip_header')[0], networks: networks.sort() };
}

function exemptIn({ nginx }: Dist): string[] {
  return nginx
    .flatMap(({ statements }) => directivesBelow(statements, 'geo'))
    .filter(({ args }) => args[0] === '$openfaas_exempt')
    .flatMap(({ block = [] }) => block)
    .flatMap((entry) => ('directive' in entry && entry.args[0] === '1' ? [entry.directive] : []))
    .sort();
}

function adminIn(ways: readonly Way[]): unknown {
  const admin = ways.filter(({ path }) => path === '/system/').map((way) => guardOf(way, ways));
  const [first] = admin;
  if (first === undefined) return null;
  return { networks: first.networks, clientCertificate: first.auth?.kind === 'certificate' };
}

function pathsIn(ways: readonly Way[]): string[] {
  const own = ways.filter(({ path }) => path !== '/' && !/^\/(async-)?function\//.test(path));
  return [...new Set(own.map(({ path }) => path.replace(/\/$/, '')))].sort();
}

function domainsIn(ways: readonly Way[]): string[] {
  return [...new Set(ways.filter(({ path }) => path === '/').map(({ domain }) => domain))].sort();
}
