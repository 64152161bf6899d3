import { type Directive, isDirective, type Statement } from './directive.ts';

/** The directives with a name directly in a block. */
export function directivesIn(statements: readonly Statement[], name: string): Directive[] {
  return statements.filter(isDirective).filter((statement) => statement.directive === name);
}

/** The directives with a name at any depth, outer ones first. */
export function directivesBelow(statements: readonly Statement[], name: string): Directive[] {
  return statements
    .filter(isDirective)
    .flatMap((statement) => [
      ...(statement.directive === name ? [statement] : []),
      ...directivesBelow(statement.block ?? [], name),
    ]);
}
