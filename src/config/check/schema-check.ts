import type { Ajv, Options, ValidateFunction } from 'ajv';
import { formatPath } from '../../diagnostics/config-path.ts';
import type { ConfigPath, Diagnostic } from '../../diagnostics/diagnostic.ts';
import { report } from '../../diagnostics/report.ts';
import { nearest, repaired } from '../../diagnostics/suggest.ts';
import { loadAjv } from '../../schemas/load-ajv.ts';
import type { Predicate } from '../../schemas/predicates.ts';
import { exampleOf, expectedOf } from './expectation.ts';
import { explainViolation, fits, unusedKeys } from './explain-violation.ts';
import { branchesOf, hasTypeOf, type SchemaNode } from './schema-node.ts';
import { toViolation, type Violation } from './violation.ts';

// The schema is checked itself in tests, and the compiled check runs once: what costs time before that is off.
const options: Options = {
  allErrors: true,
  verbose: true,
  strictTypes: false,
  meta: false,
  validateSchema: false,
  code: { optimize: false },
};

/**
 * Compiles a schema into a function that returns everything that is wrong with a value, each problem once.
 *
 * @param fits the schema compiled ahead; where it finds nothing wrong, the schema is not compiled
 */
export function createSchemaCheck(
  root: SchemaNode,
  fits: Predicate = () => false,
): (value: unknown) => readonly Diagnostic[] {
  let ajv: Ajv | undefined;
  const validators = new Map<string, ValidateFunction>();

  function validate(schema: SchemaNode, value: unknown): readonly Violation[] {
    const { $id: _, ...anonymous } = schema;
    const key = JSON.stringify(anonymous);
    ajv ??= new (loadAjv())(options);
    const validator =
      validators.get(key) ?? ajv.compile({ ...anonymous, definitions: root.definitions ?? {} });
    validators.set(key, validator);
    return validator(value) ? [] : (validator.errors ?? []).map((error) => toViolation(error, value));
  }

  function explainAll(violations: readonly Violation[], at: ConfigPath): readonly Diagnostic[] {
    const unions = outermost(violations.filter(({ keyword }) => keyword === 'anyOf'));
    const others = violations.filter(({ path }) => !unions.some((union) => isWithin(path, union.path)));
    return [
      ...distinct(others).flatMap((violation) =>
        explainViolation({ ...violation, path: [...at, ...violation.path] }, root),
      ),
      ...unions.flatMap((union) => explainUnion(union, at)),
    ];
  }

  /** Reports only on the alternative that the value was probably meant to be. */
  function explainUnion({ path, schema, data }: Violation, at: ConfigPath): readonly Diagnostic[] {
    const place = [...at, ...path];
    const branches = branchesOf(schema, root);
    const fitting = closestForms(
      branches.filter((branch) => hasTypeOf(data, branch, root)),
      data,
    );
    const [only] = fitting;
    if (only && (fitting.length === 1 || hasTypeOf(data, { type: 'object' }, root))) {
      return explainAll(closest(fitting.map((branch) => validate(branch, data))), place);
    }
    const words = branches.flatMap((branch) => branch.enum ?? [branch.const]).filter(isString);
    const suggestion = typeof data === 'string' ? nearest(data, words) : undefined;
    if (suggestion !== undefined) {
      return [report('check/not-one-of', place, { value: data, allowed: words, suggestion })];
    }
    const expected = expectedOf(schema, root);
    const examples = branches.map((branch) => exampleOf(branch, root));
    return [report('check/wrong-type', place, { value: data, expected, examples, suggestion: undefined })];
  }

  return (value) => (fits(value) ? [] : explainAll(validate(root, value), []));
}

/** Of several forms of a text, the one that a common mistake is nearest to, if there is one. */
function closestForms(branches: readonly SchemaNode[], data: unknown): readonly SchemaNode[] {
  const { length } = branches.filter(({ pattern }) => pattern !== undefined);
  if (typeof data !== 'string' || length < 2) return branches;
  const near = branches.find(
    (branch) => branch.pattern !== undefined && repaired(data, (candidate) => fits(candidate, branch)),
  );
  return near ? [near] : branches;
}

/** Of the alternatives' violations, those of the one that disagrees least: on what tells them apart, then at all. */
function closest(attempts: readonly (readonly Violation[])[]): readonly Violation[] {
  const score = (violations: readonly Violation[]): number =>
    violations.length +
    1000 *
      violations.filter(({ keyword, path }) => /^(const|enum)$/.test(keyword) && path.length === 1).length;
  return attempts.reduce(
    (best, attempt) => (score(attempt) < score(best) ? attempt : best),
    attempts[0] ?? [],
  );
}

function outermost(violations: readonly Violation[]): readonly Violation[] {
  return violations.filter(
    ({ path }) => !violations.some((other) => other.path.length < path.length && isWithin(path, other.path)),
  );
}

/** The one of several violations at one place to report: the one that causes the others. */
const precedence = ['enum', 'const', 'type', 'maxLength', 'minLength', 'pattern'];

function distinct(violations: readonly Violation[]): readonly Violation[] {
  return violations.filter((violation) => {
    const { keyword, params, data, schema } = violation;
    // It repeats the violation of the name itself.
    if (keyword === 'propertyNames') return false;
    if (keyword === 'required') return !isMisspelt(String(params.missingProperty), data, schema);
    const rank = precedence.indexOf(keyword);
    if (rank === -1) return true;
    const sameValue = violations.filter((other) => placeOf(other) === placeOf(violation));
    return !sameValue.some(
      (other) => precedence.includes(other.keyword) && precedence.indexOf(other.keyword) < rank,
    );
  });
}

/** Whether a missing key is there under a wrong name, so that one mistake is not reported twice. */
function isMisspelt(key: string, data: unknown, schema: SchemaNode): boolean {
  const unused = unusedKeys(schema, data);
  const unknown = Object.keys(Object(data)).filter((name) => !Object.hasOwn(schema.properties ?? {}, name));
  return unknown.some((name) => nearest(name, unused) === key);
}

function placeOf({ path, name }: Violation): string {
  return name === undefined ? formatPath(path) : `${formatPath(path)} key ${name}`;
}

function isWithin(path: ConfigPath, outer: ConfigPath): boolean {
  return outer.every((part, index) => part === path[index]);
}

function isString(value: unknown): value is string {
  return typeof value === 'string';
}
