import type { Diagnostic } from '../../../../diagnostics/diagnostic.ts';
import { report } from '../../../../diagnostics/report.ts';
import type { Directive } from '../../../../nginx/directive.ts';
import { isOwnVariable } from '../../../../nginx/directive-table.ts';
import { enclosing, type Scope } from '../../../../nginx/scope.ts';
import { at, confsOf, type NginxConf } from '../../../nginx/conf.ts';
import type { Rule } from '../../rule.ts';

interface Name {
  readonly kind: 'upstream' | 'zone' | 'variable' | 'log format' | 'location';
  readonly name: string;
  readonly directive: Directive;
  readonly scope: Scope;
}

/** Each zone, upstream, variable, log format and named location that a conf uses is defined, and once. */
export const namesDefined: Rule = {
  name: 'names-defined',
  harm: 'reachability',
  loss: 'nginx would refuse its conf, so it would not start, or would keep the old one.',
  check: (dist) => confsOf(dist).flatMap((conf) => [...definedTwice(conf), ...definedNowhere(conf)]),
};

/** Their names are one space for all files of nginx. */
function definedTwice(conf: NginxConf): Diagnostic[] {
  const seen = new Map<string, Name>();
  return definitions(conf.scopes).flatMap((definition) => {
    const { kind, name, directive } = definition;
    // Named locations belong to their server, where nginx itself refuses a second one.
    if (kind === 'location' || setsAgain.includes(directive.directive)) return [];
    const first = seen.get(`${kind} ${name}`);
    seen.set(`${kind} ${name}`, first ?? definition);
    if (first === undefined || sharesSessions(first.directive, directive)) return [];
    return [report('verify/nginx-name-twice', [], { kind, name }, at(conf, directive))];
  });
}

/** These give a variable its value wherever they are; it is one variable all the same. */
const setsAgain = ['set', 'auth_request_set'];

/** Servers may share a cache of TLS sessions when they name it alike, size and all. */
function sharesSessions(a: Directive, b: Directive): boolean {
  return (
    a.directive === 'ssl_session_cache' && b.directive === a.directive && a.args.join() === b.args.join()
  );
}

function definedNowhere(conf: NginxConf): Diagnostic[] {
  const defined = definitions(conf.scopes);
  return uses(conf.scopes)
    .filter((use) => !known(use) && !defined.some((definition) => meets(definition, use)))
    .map(({ kind, name, directive }) =>
      report('verify/nginx-name-undefined', [], { kind, name }, at(conf, directive)),
    );
}

function meets(definition: Name, use: Name): boolean {
  return (
    definition.kind === use.kind &&
    definition.name === use.name &&
    // Named locations are those of the same server. A map names those of all servers that use it.
    (use.kind !== 'location' ||
      use.scope.name === 'map' ||
      enclosing(definition.scope, 'server') === enclosing(use.scope, 'server'))
  );
}

function known({ kind, name }: Name): boolean {
  if (kind === 'variable') return isOwnVariable(name) || /^\d+$/.test(name);
  return kind === 'log format' && name === 'combined';
}

function definitions(scopes: readonly Scope[]): Name[] {
  return scopes.flatMap((scope) =>
    scope.directives.flatMap((directive) => {
      const make = (kind: Name['kind'], name: string | undefined): Name[] =>
        name === undefined ? [] : [{ kind, name, directive, scope }];
      const { args } = directive;
      const captures = [directive.directive, ...args].flatMap((text) =>
        [...text.matchAll(/\(\?P?<(\w+)>/g)].flatMap(([, name]) => make('variable', name)),
      );
      return [...captures, ...defined(directive.directive, args, make)];
    }),
  );
}

function defined(
  name: string,
  args: readonly string[],
  make: (kind: Name['kind'], name: string | undefined) => Name[],
): Name[] {
  switch (name) {
    case 'upstream':
      return make('upstream', args[0]);
    case 'limit_req_zone':
    case 'limit_conn_zone':
      return make('zone', parameter(args, 'zone=')?.split(':')[0]);
    case 'ssl_session_cache':
      return make('zone', parameter(args, 'shared:')?.split(':')[0]);
    case 'map':
    case 'geo':
      return make('variable', args.at(-1)?.slice(1));
    case 'set':
    case 'auth_request_set':
      return make('variable', args[0]?.slice(1));
    case 'log_format':
      return make('log format', args[0]);
    case 'location':
      return make('location', args[0]?.startsWith('@') ? args[0] : undefined);
    default:
      return [];
  }
}

function uses(scopes: readonly Scope[]): Name[] {
  return scopes.flatMap((scope) =>
    scope.directives.flatMap((directive) => {
      const { args } = directive;
      const make = (kind: Name['kind'], name: string | undefined): Name[] =>
        name === undefined ? [] : [{ kind, name, directive, scope }];
      // What `set` and `auth_request_set` begin with, and `map` and `geo` end with, is their own.
      const variables = args.flatMap((text) =>
        [...text.matchAll(/\$(?:\{(\w+)\}|(\w+))/g)].flatMap(([, braced, bare]) =>
          make('variable', braced ?? bare),
        ),
      );
      const owned = defined(directive.directive, args, make).map(({ name }) => name);
      return [
        ...variables.filter(({ name }) => !owned.includes(name)),
        ...(scope.name === 'map' && args[0]?.startsWith('@') ? make('location', args[0]) : []),
        ...used(directive.directive, args, make),
      ];
    }),
  );
}

function used(
  name: string,
  args: readonly string[],
  make: (kind: Name['kind'], name: string | undefined) => Name[],
): Name[] {
  const last = args.at(-1);
  switch (name) {
    case 'proxy_pass':
      return make('upstream', upstreamOf(args[0] ?? ''));
    case 'limit_req':
      return make('zone', parameter(args, 'zone='));
    case 'limit_conn':
      return make('zone', args[0]);
    case 'access_log':
      return make('log format', args[1]?.includes('=') ? undefined : args[1]);
    case 'error_page':
    case 'try_files':
      return make('location', last?.startsWith('@') ? last : undefined);
    default:
      return [];
  }
}

/** The upstream that a URL goes to: any host that is no address. Names are never left to DNS. */
function upstreamOf(url: string): string | undefined {
  const host = /^https?:\/\/([^/:$[\]]+)/.exec(url)?.[1];
  return host === undefined || /^[\d.]+$/.test(host) || host === 'unix' ? undefined : host;
}

function parameter(args: readonly string[], prefix: string): string | undefined {
  return args.find((arg) => arg.startsWith(prefix))?.slice(prefix.length);
}
