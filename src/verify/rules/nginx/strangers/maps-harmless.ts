import type { Diagnostic } from '../../../../diagnostics/diagnostic.ts';
import { report } from '../../../../diagnostics/report.ts';
import { type Directive, isDirective } from '../../../../nginx/directive.ts';
import type { Scope } from '../../../../nginx/scope.ts';
import { at, confsOf, everyDirective, type NginxConf } from '../../../nginx/conf.ts';
import { listeners } from '../../../nginx/listeners.ts';
import type { Rule } from '../../rule.ts';

interface MapOf {
  readonly source: string;
  readonly entries: readonly (readonly [key: string, value: string])[];
  readonly directive: Directive;
}

type Maps = ReadonlyMap<string, MapOf>;

/** A value that a map gives switches no check off, though a map is the shortest way to do so. */
export const mapsHarmless: Rule = {
  name: 'maps-harmless',
  harm: 'exposure',
  loss: 'A client could choose the value that spares it a certificate, a limit or a refusal.',
  check: (dist) => confsOf(dist).flatMap(sparing),
};

function sparing(conf: NginxConf): Diagnostic[] {
  const maps = mapsIn(conf.scopes);
  const hasIpv6 = listeners(conf.scopes).some(({ socket }) => socket.startsWith('['));
  const of = (name: string, position: number, ...directives: readonly string[]) =>
    everyDirective(conf.scopes, ...directives)
      .filter(({ directive: { args } }) => name === '' || args[0] === name)
      .flatMap(({ directive: { args } }) => args.at(position) ?? [])
      .filter((word) => word.startsWith('$'));
  const judge = (guard: string, variables: readonly string[], isHarmless: (map: MapOf) => boolean) =>
    [...new Set(variables)]
      .map((variable) => ({ variable, map: maps.get(variable) }))
      // What no map makes is a client's own word.
      .filter(({ map }) => map === undefined || !isHarmless(map))
      .map(({ variable, map }) =>
        report('verify/map-spares-clients', [], { variable, guard }, at(conf, map?.directive)),
      );
  return [
    ...judge('a certificate', of('', 0, 'auth_basic'), onlyWithCertificate),
    ...judge(
      'the limits',
      of('', 0, 'limit_req_zone', 'limit_conn_zone'),
      (map) => isCounting(map, maps, hasIpv6) || isCountingApart(map, conf, maps, hasIpv6),
    ),
    ...judge('the list of origins', of('Access-Control-Allow-Origin', 1, 'add_header'), isListOfOrigins),
    ...judge('a refusal', of('', -1, 'error_page'), (map) => isRefusing(map, maps)),
    ...repeating(conf, maps),
  ];
}

/** What nginx answers is words of the conf, and of other maps. */
function repeating(conf: NginxConf, maps: Maps): Diagnostic[] {
  const answers = everyDirective(conf.scopes, 'return').flatMap(
    ({ directive: { args } }) => args[1]?.match(/\$\w+/g) ?? [],
  );
  return [...new Set(answers)].flatMap((variable) => {
    const map = maps.get(variable);
    if (map?.entries.every(([, value]) => !/\$(?!openfaas_)/.test(value)) ?? true) return [];
    return [report('verify/answer-repeats-request', [], { variable }, at(conf, map?.directive))];
  });
}

function mapsIn(scopes: readonly Scope[]): Maps {
  return new Map(
    everyDirective(scopes, 'map', 'geo').map(({ directive }) => {
      const entries = (directive.block ?? [])
        .filter(isDirective)
        .map((entry) => [entry.directive, entry.args.join(' ')] as const);
      const source = directive.args.length > 1 ? (directive.args[0] ?? '') : '$remote_addr';
      return [directive.args.at(-1) ?? '', { source, entries, directive }];
    }),
  );
}

function byDefault({ entries }: MapOf): string | undefined {
  return entries.find(([key]) => key === 'default')?.[1];
}

function others({ entries }: MapOf): MapOf['entries'] {
  return entries.filter(([key]) => key !== 'default');
}

/** The password that nobody has is spared whoever has a certificate, and nobody else. */
function onlyWithCertificate(map: MapOf): boolean {
  const spared = map.entries.filter(([, value]) => value === 'off').map(([key]) => key);
  return map.source === '$ssl_client_verify' && byDefault(map) !== undefined && spared.join() === 'SUCCESS';
}

/**
 * Every client is counted by its address, but for networks that are listed. A client with IPv6 has as many addresses as
 * it likes, so it is said how much of one is counted.
 */
function isCounting(map: MapOf, maps: Maps, hasIpv6: boolean): boolean {
  const key = byDefault(map) ?? '';
  if (map.source === '$binary_remote_addr') {
    const networks = others(map);
    return (
      key === '$binary_remote_addr' &&
      networks.every(([, value]) => value === '$v6net') &&
      (networks.length > 0 || !hasIpv6)
    );
  }
  const networks = maps.get(map.source);
  const counted = maps.get(key);
  if (networks?.directive.directive !== 'geo' || counted === undefined || counted === map) return false;
  const onlyListed = byDefault(networks) === '0' && others(map).every(([from]) => from === '1');
  return onlyListed && isCounting(counted, maps, hasIpv6);
}

/** The origins below one domain, as a pattern: nothing but a name may be before it, and nothing behind it. */
const namesBelow = /^~\^https?:\/\/\(\?:\[a-z0-9-\]\+\[\.\]\)\+[a-z0-9-]+(\[\.\][a-z0-9-]+)+(:\d+)?\$$/;

/**
 * A client's requests of a few kinds have a count each. `set` gives the kind, which is a word of a map; if it were the
 * client's own, each request would have a count of its own.
 */
function isCountingApart(map: MapOf, { scopes }: NginxConf, maps: Maps, hasIpv6: boolean): boolean {
  const [, kind = '', client = ''] = /^(\$\w+)(\$\w+)$/.exec(byDefault(map) ?? '') ?? [];
  const counted = maps.get(client);
  const kinds = everyDirective(scopes, 'set').filter(({ directive: { args } }) => args[0] === kind);
  return (
    client === map.source &&
    !maps.has(kind) &&
    kinds.every(
      ({ directive: { args } }) =>
        args[1] === '' || maps.get(args[1] ?? '')?.entries.every(([, value]) => !/\$/.test(value)),
    ) &&
    others(map).every(([key, value]) => key === '' && value === '') &&
    counted !== undefined &&
    isCounting(counted, maps, hasIpv6)
  );
}

/** A page of somebody reads no answers. */
function isListOfOrigins(map: MapOf): boolean {
  return (
    map.source === '$http_origin' &&
    byDefault(map) === '' &&
    others(map).every(([key, value]) =>
      key.startsWith('~') ? namesBelow.test(key) && value === '$http_origin' : key === value,
    )
  );
}

/** What is refused stays refused: it leads to answers of nginx's own, by way of another map too. */
function isRefusing(map: MapOf, maps: Maps): boolean {
  const isOwn = (value: string): boolean => {
    if (value.startsWith('/_fjord/') || value.startsWith('@openfaas_')) return true;
    const next = maps.get(value);
    return next !== undefined && next !== map && isRefusing(next, maps);
  };
  return map.entries.every(([key, value]) => key === 'volatile' || isOwn(value));
}
