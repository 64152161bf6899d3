import type { ReportOptions } from '../../diagnostics/report.ts';
import type { Directive, Statement } from '../../nginx/directive.ts';
import { own, type Scope, scopesOf } from '../../nginx/scope.ts';
import { type NginxTarget, nginxTarget } from '../../nginx/targets.ts';
import type { Dist } from '../dist.ts';
import { withoutChallenges } from './challenges.ts';

/** One of the confs below `nginx/`, as rules read it. */
export interface NginxConf {
  readonly path: string;
  /** `main`: a whole nginx.conf. `http`: a file that is included in its http block, like those of conf.d. */
  readonly file: 'main' | 'http';
  /** The file and every block in it, outer ones first. */
  readonly scopes: readonly Scope[];
  /** Every nginx that reads it. */
  readonly targets: readonly NginxTarget[];
}

type Confs = Pick<Dist, 'nginx' | 'lock'>;
type Known = WeakMap<readonly Statement[], readonly Scope[]>;

/** Some twenty rules read the same scopes. */
const whole: Known = new WeakMap();
const forClients: Known = new WeakMap();

/** Every conf, whole. */
export function confsOf(dist: Confs): NginxConf[] {
  return read(dist, whole, (statements) => statements);
}

/** The confs of servers, without what nodes have among themselves: what clients meet. */
export function clientConfsOf(dist: Confs): NginxConf[] {
  return read(dist, forClients, withoutChallenges).filter(({ file }) => file === 'http');
}

function read(
  { nginx, lock }: Confs,
  known: Known,
  part: (statements: readonly Statement[]) => readonly Statement[],
): NginxConf[] {
  const systems = [...new Set(lock.nodes.filter((node) => node.nginx).map(({ os }) => os))];
  if (systems.length === 0) return [];
  const targets = systems.map((os) => nginxTarget(os, lock.gateway.packages.source));
  return nginx.map(({ path, statements }) => {
    const file = path.endsWith('nginx.conf') ? 'main' : 'http';
    const scopes = known.get(statements) ?? scopesOf(part(statements), file);
    known.set(statements, scopes);
    return { path, file, scopes, targets };
  });
}

/** Where a directive is, for a diagnostic. */
export function at({ path }: NginxConf, directive: Directive | undefined): ReportOptions {
  return { artifact: { path, ...(directive?.line !== undefined && { line: directive.line }) } };
}

/** What their blocks hold are entries, not directives. */
const holdEntries = ['map', 'geo', 'types'];

/** Every directive of some names, with the scope it is in. */
export function everyDirective(
  scopes: readonly Scope[],
  ...names: readonly string[]
): { directive: Directive; scope: Scope }[] {
  const real = scopes.filter(({ name }) => !holdEntries.includes(name));
  return real.flatMap((scope) =>
    scope.directives
      .filter(({ directive }) => names.includes(directive))
      .map((directive) => ({ directive, scope })),
  );
}

/** Every block of a name; of `location`, those of one server alone if it is given. */
export function blocksOf(scopes: readonly Scope[], block: string, parent?: Scope): Scope[] {
  return scopes.filter((scope) => scope.name === block && (parent === undefined || scope.parent === parent));
}

/** Every block that passes requests on. */
export function proxying(scopes: readonly Scope[]): Scope[] {
  return scopes.filter((scope) => own(scope, 'proxy_pass').length > 0);
}

/** How a directive is written, for a message: `location = /healthz`. */
export function heading({ directive, args }: Directive): string {
  return [directive, ...args].join(' ');
}

/** What a location matches: `= /healthz`. */
export function pathOf({ head }: Scope): string {
  return head?.args.join(' ') ?? '';
}

/** A block for a message: `location = /healthz`, `the server of pay.example.no`. */
export function titleOfBlock(scope: Scope): string {
  if (scope.name !== 'server') return scope.head === undefined ? scope.name : heading(scope.head);
  const [name = 'no name'] = own(scope, 'server_name')[0]?.args ?? [];
  return name === '_' ? 'the server of unknown names' : `the server of ${name}`;
}

/** Whether nothing but another location leads there. */
export function isInternal(location: Scope): boolean {
  return pathOf(location).startsWith('@') || own(location, 'internal').length > 0;
}
