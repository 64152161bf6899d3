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

interface Placed {
  readonly directive: Directive;
  readonly scope: Scope;
}

/** What rules look up in a conf, once for each of its locations. */
interface Index {
  /** Directives by name, and how many came before each. */
  readonly directives: ReadonlyMap<string, readonly (readonly [number, Placed])[]>;
  readonly blocks: ReadonlyMap<string, readonly Scope[]>;
  readonly inner: ReadonlyMap<Scope, readonly Scope[]>;
  /** Locations by what they match. */
  readonly locations: ReadonlyMap<string, readonly Scope[]>;
}

const indexes = new WeakMap<readonly Scope[], Index>();

function indexOf(scopes: readonly Scope[]): Index {
  const found = indexes.get(scopes);
  if (found !== undefined) return found;
  const directives = new Map<string, [number, Placed][]>();
  const blocks = new Map<string, Scope[]>();
  const inner = new Map<Scope, Scope[]>();
  const locations = new Map<string, Scope[]>();
  let before = 0;
  for (const scope of scopes) {
    add(blocks, scope.name, scope);
    if (scope.name === 'location') add(locations, pathOf(scope), scope);
    if (scope.parent !== undefined) add(inner, scope.parent, scope);
    if (holdEntries.includes(scope.name)) continue;
    for (const directive of scope.directives) {
      add(directives, directive.directive, [before, { directive, scope }]);
      before += 1;
    }
  }
  const index = { directives, blocks, inner, locations };
  indexes.set(scopes, index);
  return index;
}

function add<Key, Value>(map: Map<Key, Value[]>, key: Key, value: Value): void {
  const values = map.get(key);
  if (values === undefined) map.set(key, [value]);
  else values.push(value);
}

/** Every directive of some names, with the scope it is in. */
export function everyDirective(scopes: readonly Scope[], ...names: readonly string[]): Placed[] {
  const { directives } = indexOf(scopes);
  return [...new Set(names)]
    .flatMap((name) => directives.get(name) ?? [])
    .sort(([before], [after]) => before - after)
    .map(([, placed]) => placed);
}

/** Every block of a name; of `location`, those of one server alone if it is given. */
export function blocksOf(scopes: readonly Scope[], block: string, parent?: Scope): readonly Scope[] {
  const { blocks, inner } = indexOf(scopes);
  if (parent === undefined) return blocks.get(block) ?? [];
  return (inner.get(parent) ?? []).filter(({ name }) => name === block);
}

/** The locations that match one of some paths, as `pathOf` has them; those of one server alone if it is given. */
export function locationsAt(scopes: readonly Scope[], paths: readonly string[], server?: Scope): Scope[] {
  const { locations } = indexOf(scopes);
  return [...new Set(paths)]
    .flatMap((path) => locations.get(path) ?? [])
    .filter(({ parent }) => server === undefined || parent === server);
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
