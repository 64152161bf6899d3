import { readFileSync } from 'node:fs';
import { dirname, extname, resolve } from 'node:path';
import type { Expression, Node, Statement } from '@babel/types';
import { parseJsonExpression, parseStatements } from './parse-source.ts';
import { isExpression, keyName } from './syntax.ts';

/** What a name stands for in a source file. */
export type Binding =
  | {
      readonly kind: 'value';
      /** What the name was declared with. */
      readonly node: Expression;
      /** Where in that value the name's own lies: `['a', 0]` for `const { a: [name] } = …`. */
      readonly path: readonly (string | number)[];
      /** False for `let` and `var`, whose value can have changed. */
      readonly constant: boolean;
    }
  | { readonly kind: 'import'; readonly from: string; readonly name: string }
  | { readonly kind: 'opaque'; readonly node: Node };

/** A source file of the user's, parsed: the config itself or a helper that it imports. */
export interface SourceModule {
  readonly file: string;
  readonly text: string;
  readonly bindings: ReadonlyMap<string, Binding>;
  /** What it exports. `*` as a key is not possible; `default` is. */
  readonly exports: ReadonlyMap<string, Binding>;
  /** Modules whose exports are exported as well: `export * from …`. */
  readonly exportsAllOf: readonly string[];
  /** The statement of the default export, or the value of a JSON file. */
  readonly main: Node | undefined;
}

export function parseModule(file: string, text: string): SourceModule {
  const bindings = new Map<string, Binding>();
  const exports = new Map<string, Binding>();
  const exportsAllOf: string[] = [];
  if (extname(file) === '.json') {
    const main = parseJsonExpression(text);
    if (main) exports.set('default', { kind: 'value', node: main, path: [], constant: true });
    return { file, text, bindings, exports, exportsAllOf, main };
  }
  const statements = parseStatements(file, text);
  for (const statement of statements) bind(statement, bindings);
  let main: Node | undefined;
  for (const statement of statements) {
    if (statement.type === 'ExportAllDeclaration') exportsAllOf.push(statement.source.value);
    addExports(statement, bindings, exports);
    if (main === undefined && exports.has('default')) main = statement;
  }
  return { file, text, bindings, exports, exportsAllOf, main };
}

/** The text and name of the file that a relative import means, tried as TypeScript-aware loaders do. */
export function findImport(from: string, specifier: string): { file: string; text: string } | undefined {
  if (!/^\.\.?(\/|$)/.test(specifier)) return undefined;
  const target = resolve(dirname(from), specifier);
  const extensions = ['.ts', '.mts', '.cts', '.js', '.mjs', '.cjs', '.json'];
  const candidates = [
    target,
    target.replace(/\.([cm]?)js$/, '.$1ts'),
    ...extensions.map((extension) => target + extension),
    ...extensions.map((extension) => resolve(target, `index${extension}`)),
  ];
  for (const file of candidates) {
    try {
      return { file, text: readFileSync(file, 'utf8').replace(/^\ufeff/, '') };
    } catch {
      // Not this one.
    }
  }
  return undefined;
}

/** Adds the names that a statement declares. */
export function bind(statement: Statement, bindings: Map<string, Binding>): void {
  if (statement.type === 'ImportDeclaration') {
    for (const specifier of statement.specifiers) {
      const name =
        specifier.type === 'ImportDefaultSpecifier'
          ? 'default'
          : specifier.type === 'ImportNamespaceSpecifier'
            ? '*'
            : nameOf(specifier.imported);
      bindings.set(specifier.local.name, { kind: 'import', from: statement.source.value, name });
    }
  }
  const declaration = declarationIn(statement);
  if (declaration?.type === 'VariableDeclaration') {
    for (const { id, init } of declaration.declarations) {
      for (const { name, path, certain } of init ? patternNames(id) : []) {
        const constant = declaration.kind === 'const' && certain;
        if (init) bindings.set(name, { kind: 'value', node: init, path, constant });
      }
    }
  } else if (declaration && 'id' in declaration && declaration.id?.type === 'Identifier') {
    bindings.set(declaration.id.name, { kind: 'opaque', node: declaration });
  }
}

/** The names that a declaration's left side or a parameter introduces, each with its way into the value. */
export function patternNames(pattern: Node, path: readonly (string | number)[] = []): PatternName[] {
  switch (pattern.type) {
    case 'Identifier':
      return [{ name: pattern.name, path, certain: true }];
    case 'AssignmentPattern':
      return patternNames(pattern.left, path).map((found) => ({ ...found, certain: false }));
    case 'ObjectPattern':
      return pattern.properties.flatMap((property) => {
        const key = property.type === 'ObjectProperty' ? keyName(property) : undefined;
        const part = property.type === 'ObjectProperty' ? property.value : property.argument;
        const found = patternNames(part, [...path, key ?? '']);
        return key === undefined ? found.map((each) => ({ ...each, certain: false })) : found;
      });
    case 'ArrayPattern':
      return pattern.elements.flatMap((element, index) =>
        element ? patternNames(element, [...path, index]) : [],
      );
    default:
      return [];
  }
}

export interface PatternName {
  readonly name: string;
  readonly path: readonly (string | number)[];
  /** False if a default or a rest can give the name another value than the one at the path. */
  readonly certain: boolean;
}

function addExports(
  statement: Statement,
  bindings: ReadonlyMap<string, Binding>,
  exports: Map<string, Binding>,
): void {
  if (statement.type === 'ExportDefaultDeclaration') {
    const { declaration } = statement;
    exports.set(
      'default',
      isExpression(declaration) ? constant(declaration) : { kind: 'opaque', node: declaration },
    );
  } else if (statement.type === 'ExportNamedDeclaration') {
    for (const specifier of statement.specifiers) {
      const name = nameOf(specifier.exported);
      if (specifier.type !== 'ExportSpecifier') {
        exports.set(name, { kind: 'import', from: statement.source?.value ?? '', name: '*' });
      } else if (statement.source) {
        exports.set(name, { kind: 'import', from: statement.source.value, name: nameOf(specifier.local) });
      } else {
        exports.set(name, bindings.get(nameOf(specifier.local)) ?? { kind: 'opaque', node: specifier });
      }
    }
    const own = new Map<string, Binding>();
    bind(statement, own);
    for (const [name, binding] of own) exports.set(name, binding);
  } else if (
    statement.type === 'ExpressionStatement' &&
    statement.expression.type === 'AssignmentExpression'
  ) {
    const name = commonJsExport(statement.expression.left);
    if (name !== undefined) exports.set(name, constant(statement.expression.right));
  } else if (statement.type === 'TSExportAssignment') {
    exports.set('default', constant(statement.expression));
  }
}

/** `default` for `module.exports`, `a` for `exports.a` and `module.exports.a`. */
function commonJsExport(target: Node): string | undefined {
  if (target.type !== 'MemberExpression' || target.computed || target.property.type !== 'Identifier')
    return undefined;
  const { object, property } = target;
  if (object.type === 'Identifier' && object.name === 'exports') return property.name;
  if (object.type === 'Identifier' && object.name === 'module' && property.name === 'exports')
    return 'default';
  return commonJsExport(object) === 'default' ? property.name : undefined;
}

function declarationIn(statement: Statement): Node | null | undefined {
  return statement.type === 'ExportNamedDeclaration' ? statement.declaration : statement;
}

function constant(node: Expression): Binding {
  return { kind: 'value', node, path: [], constant: true };
}

function nameOf(
  node: { type: 'Identifier'; name: string } | { type: 'StringLiteral'; value: string },
): string {
  return node.type === 'Identifier' ? node.name : node.value;
}
