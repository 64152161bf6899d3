import type { Diagnostic } from '../../../diagnostics/diagnostic.ts';
import { report } from '../../../diagnostics/report.ts';
import type { Directive } from '../../../nginx/directive.ts';
import { directivesBelow, directivesIn } from '../../../nginx/find.ts';
import { ports } from '../../../platform/openfaas/ports.ts';
import type { Dist } from '../../dist.ts';
import { serviceSpec } from '../../kubernetes/body.ts';
import type { Rule } from '../rule.ts';

/**
 * No request from outside reaches a function that the lock file says is not exposed: not by its name, in the queue or
 * out of it, not by another path or domain, and not straight at its Service.
 */
export const closedStayClosed: Rule = {
  name: 'closed-stay-closed',
  harm: 'exposure',
  loss: 'Strangers could call a function that the config keeps inside.',
  check: (dist) => {
    const closed = dist.lock.functions.filter(({ exposed }) => !exposed).map(({ name }) => name);
    const addresses = addressesIn(dist);
    return dist.nginx.flatMap(({ path, statements }) => {
      const upstreams = new Map(
        directivesBelow(statements, 'upstream').map(({ args, block = [] }) => [
          args[0] ?? '',
          directivesIn(block, 'server').map((server) => server.args[0] ?? ''),
        ]),
      );
      return closed.flatMap((name) => {
        const functionsOf = (host: string) =>
          (upstreams.get(host) ?? [host]).flatMap((address) => addresses.get(address) ?? []);
        return directivesBelow(statements, 'server').flatMap(({ block = [] }) => {
          const locations = directivesBelow(block, 'location');
          return locations
            .filter((location) => leadsTo(location, name, locations, functionsOf))
            .map((location) => tell(name, location, path));
        });
      });
    });
  },
};

function tell(name: string, { args, line }: Directive, path: string): Diagnostic {
  const place = line === undefined ? { path } : { path, line };
  return report(
    'verify/closed-function-open',
    ['functions', name],
    { name, location: args.join(' ') },
    { artifact: place },
  );
}

function leadsTo(
  location: Directive,
  name: string,
  locations: readonly Directive[],
  functionsOf: (host: string) => readonly string[],
): boolean {
  const { args, block = [] } = location;
  const target = directivesIn(block, 'proxy_pass')[0]?.args[0];
  if (target === undefined || directivesIn(block, 'internal').length > 0) return false;
  const [, host = '', uri] = /^https?:\/\/([^/]+)(\/.*)?$/.exec(target) ?? [];
  const straight = functionsOf(host);
  // A function's own Service has no other behind it.
  if (straight.length > 0) return straight.includes(name);
  const names = ['function', 'async-function'].flatMap((way) =>
    // The gateway reads a name with its namespace behind it as the name.
    [name, `${name}.openfaas-fn`].map((one) => `/${way}/${one}`),
  );
  if (uri === undefined) {
    // The path goes on as it came: what nginx takes for this location.
    return names.some((one) => [one, `${one}/`].some((request) => chosen(request, locations) === location));
  }
  const isExact = args[0] === '=';
  return names.some(
    (one) => uri === one || uri.startsWith(`${one}/`) || (!isExact && `${one}/`.startsWith(uri)),
  );
}

/** The location that nginx takes for a path: the one that is just that, else the longest that it begins with. */
function chosen(path: string, locations: readonly Directive[]): Directive | undefined {
  const named = locations.map((location) => ({
    location,
    exact: location.args[0] === '=',
    prefix: location.args.at(-1) ?? '',
  }));
  const exact = named.find((one) => one.exact && one.prefix === path);
  if (exact !== undefined) return exact.location;
  return named
    .filter((one) => !one.exact && one.prefix.startsWith('/') && path.startsWith(one.prefix))
    .sort((a, b) => b.prefix.length - a.prefix.length)[0]?.location;
}

/** The functions that are reached straight, by the fixed address of their Service. */
function addressesIn({ objects }: Dist): ReadonlyMap<string, string> {
  return new Map(
    objects
      .filter(({ kind, namespace }) => kind === 'Service' && namespace === 'openfaas-fn')
      .flatMap((object): [string, string][] => {
        const address = serviceSpec(object)?.clusterIP;
        return address === undefined || address === 'None'
          ? []
          : [[`${address}:${ports.function}`, object.name]];
      }),
  );
}
