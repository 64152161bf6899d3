import { type Directive, isDirective, type Statement } from './directive.ts';

/** The directives with a name directly in a block. */
export function directivesIn(statements: readonly Statement[], name: string): Directive[] {
  return statements.filter(isDirective).filter((statement) => statement.directive === name);
}

type ByName = ReadonlyMap<string, readonly Directive[]>;

/** Rules ask one conf of thousands of locations for many names, so each is walked through once. */
const known = new WeakMap<readonly Statement[], ByName>();

/** The directives with a name at any depth, outer ones first. */
export function directivesBelow(statements: readonly Statement[], name: string): readonly Directive[] {
  let byName = known.get(statements);
  if (byName === undefined) {
    byName = walk(statements, new Map());
    known.set(statements, byName);
  }
  return byName.get(name) ?? [];
}

function walk(statements: readonly Statement[], byName: Map<string, Directive[]>): ByName {
  for (const statement of statements) {
    if (!isDirective(statement)) continue;
    const same = byName.get(statement.directive);
    if (same === undefined) byName.set(statement.directive, [statement]);
    else same.push(statement);
    walk(statement.block ?? [], byName);
  }
  return byName;
}
