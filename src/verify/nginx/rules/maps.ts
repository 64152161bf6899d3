import { type Directive, isDirective } from '../../../nginx/directive.ts';
import type { Scope } from '../../../nginx/scope.ts';
import { everyDirective, type Finding, finding, type NginxRule } from './nginx-rule.ts';

interface MapOf {
  readonly source: string;
  readonly entries: readonly (readonly [key: string, value: string])[];
  readonly directive: Directive;
}

/** A value that a map gives switches no check off: that is what a map is the shortest way to. */
export const mapsHarmless: NginxRule = {
  name: 'maps-harmless',
  check: (scopes) => {
    const maps = mapsIn(scopes);
    const of = (name: string, at: number, ...directives: readonly string[]) =>
      everyDirective(scopes, ...directives)
        .filter(({ directive: { args } }) => name === '' || args[0] === name)
        .flatMap(({ directive: { args } }) => args.at(at) ?? [])
        .filter((word) => word.startsWith('$'));
    const judge = (variables: readonly string[], problem: (map: MapOf) => string | undefined): Finding[] =>
      [...new Set(variables)].flatMap((variable) => {
        const map = maps.get(variable);
        const message = map ? problem(map) : `${variable} is a client's own word`;
        return message === undefined ? [] : [finding(message, map?.directive)];
      });
    return [
      ...judge(of('', 0, 'auth_basic'), certificateProblem),
      ...judge(of('', 0, 'limit_req_zone', 'limit_conn_zone'), (map) => keyProblem(map, maps)),
      ...judge(of('Access-Control-Allow-Origin', 1, 'add_header'), originProblem),
      ...judge(of('', -1, 'error_page'), (map) => pageProblem(map, maps)),
      ...judge(
        [...wordsOf(everyDirective(scopes, 'return'))].filter((variable) => maps.has(variable)),
        answerProblem,
      ),
    ];
  },
};

function mapsIn(scopes: readonly Scope[]): ReadonlyMap<string, MapOf> {
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
function certificateProblem(map: MapOf): string | undefined {
  const spared = map.entries.filter(([, value]) => value === 'off').map(([key]) => key);
  const right =
    map.source === '$ssl_client_verify' && byDefault(map) !== undefined && spared.join() === 'SUCCESS';
  return right ? undefined : 'who has no certificate is let in too';
}

/** Every client is counted by its address, but for networks that are listed. */
function keyProblem(map: MapOf, maps: ReadonlyMap<string, MapOf>): string | undefined {
  const key = byDefault(map) ?? '';
  if (map.source === '$binary_remote_addr') {
    const whole = key === '$binary_remote_addr' && others(map).every(([, value]) => /^\$v6net$/.test(value));
    return whole ? undefined : 'some clients are counted by nothing';
  }
  const networks = maps.get(map.source);
  const counted = maps.get(key);
  if (networks?.directive.directive !== 'geo' || counted === undefined || counted === map) {
    return 'clients are counted by what they say themselves';
  }
  if (byDefault(networks) !== '0') return 'everybody is spared the limits';
  if (others(map).some(([from]) => from !== '1')) return 'clients that are in no list are spared the limits';
  return keyProblem(counted, maps);
}

/** A page of somebody reads no answers. */
function originProblem(map: MapOf): string | undefined {
  const right =
    map.source === '$http_origin' &&
    byDefault(map) === '' &&
    others(map).every(([key, value]) => key === value && !key.startsWith('~'));
  return right ? undefined : 'pages of any origin read answers';
}

/** What is refused stays refused: it leads to answers of nginx's own, by way of another map too. */
function pageProblem(map: MapOf, maps: ReadonlyMap<string, MapOf>): string | undefined {
  const isOwn = (value: string): boolean => {
    if (value.startsWith('/_fjord/') || value.startsWith('@openfaas_')) return true;
    const next = maps.get(value);
    return next !== undefined && next !== map && pageProblem(next, maps) === undefined;
  };
  return map.entries.every(([key, value]) => key === 'volatile' || isOwn(value))
    ? undefined
    : 'who is refused is answered by something else';
}

/** The variables in the answers of nginx itself. */
function wordsOf(returns: readonly { readonly directive: Directive }[]): Set<string> {
  return new Set(returns.flatMap(({ directive: { args } }) => args[1]?.match(/\$\w+/g) ?? []));
}

/** What nginx answers is words of the conf, and of other maps: nothing that a client or a function sent. */
function answerProblem({ entries }: MapOf): string | undefined {
  const foreign = entries.some(([, value]) => /\$(?!openfaas_)/.test(value));
  return foreign ? 'an answer of nginx repeats what somebody sent' : undefined;
}
