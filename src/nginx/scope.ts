import { type Directive, isDirective, type Statement } from './directive.ts';

/** A block or the file itself, and the scope around it, from which nginx inherits settings. */
export interface Scope {
  /** `main` or `http` for the file itself, else the block's directive: `server`, `location`. */
  readonly name: string;
  /** The block's directive; absent for the file itself. */
  readonly head?: Directive;
  /** Without comments and empty lines. */
  readonly directives: readonly Directive[];
  readonly parent?: Scope;
}

/** The file and every block in it, outer ones first. */
export function scopesOf(statements: readonly Statement[], file: 'main' | 'http'): Scope[] {
  return withInner({ name: file, directives: statements.filter(isDirective) });
}

function withInner(scope: Scope): Scope[] {
  return [scope, ...innerScopes(scope).flatMap(withInner)];
}

function innerScopes(scope: Scope): Scope[] {
  return scope.directives.flatMap((head) =>
    head.block === undefined
      ? []
      : [{ name: head.directive, head, directives: head.block.filter(isDirective), parent: scope }],
  );
}

const known = new WeakMap<Scope, ReadonlyMap<string, readonly Directive[]>>();

/** The directives with a name directly in a scope. */
export function own(scope: Scope, name: string): readonly Directive[] {
  let byName = known.get(scope);
  if (byName === undefined) {
    byName = grouped(scope.directives);
    known.set(scope, byName);
  }
  return byName.get(name) ?? [];
}

function grouped(directives: readonly Directive[]): Map<string, Directive[]> {
  const byName = new Map<string, Directive[]>();
  for (const directive of directives) {
    const same = byName.get(directive.directive);
    if (same === undefined) byName.set(directive.directive, [directive]);
    else same.push(directive);
  }
  return byName;
}

/**
 * The directives with a name that apply in a scope: its own, or those of the nearest scope around it that has any. nginx
 * takes all of one level and never merges levels.
 */
export function inherited(scope: Scope | undefined, name: string): readonly Directive[] {
  if (scope === undefined) return [];
  const here = own(scope, name);
  return here.length > 0 ? here : inherited(scope.parent, name);
}

/** The first argument of the directive that applies in a scope, or nginx's default. */
export function setting(scope: Scope, name: string, byDefault: string): string {
  return inherited(scope, name)[0]?.args[0] ?? byDefault;
}

/** The nearest scope with a name, from a scope outwards. */
export function enclosing(scope: Scope | undefined, name: string): Scope | undefined {
  return scope === undefined || scope.name === name ? scope : enclosing(scope.parent, name);
}
