import type { ErrorObject } from 'ajv';

/** One place in a value that its schema does not allow. */
export interface SchemaProblem {
  /** JSON pointer (RFC 6901) of the offending value, or of the offending key. Empty means the whole. */
  readonly pointer: string;
  /** The fact, without the place: `"Recreat" is not one of "Recreate", "RollingUpdate"`. */
  readonly message: string;
  /** From 1, when it is known where in the file. */
  readonly line?: number;
}

/** Names of custom `format`s, as a sentence has them after «is not»: `{ ip: 'an IP address' }`. */
export type FormatNames = Readonly<Record<string, string>>;

/**
 * Turns ajv's errors into problems: an unknown key is pointed at itself, the allowed values are named, and the branches
 * of an `anyOf` or `oneOf` do not each complain. Sorted by pointer, without repeats.
 * Values are quoted when ajv ran with `verbose`.
 */
export function schemaProblems(
  errors: readonly ErrorObject[] | null | undefined,
  formats: FormatNames = {},
): SchemaProblem[] {
  const problems = new Map<string, SchemaProblem>();
  for (const error of withoutBranchNoise(errors ?? [])) {
    // The errors about the key itself, or of the branch that was taken, say why.
    if (error.keyword === 'propertyNames' || error.keyword === 'if') continue;
    const problem = { pointer: pointerOf(error), message: messageOf(error, formats) };
    problems.set(`${problem.pointer}\n${problem.message}`, problem);
  }
  return [...problems.values()].sort(byPointer);
}

/** `a/b` as a part of a JSON pointer: `a~1b`. */
export function pointerPart(key: string | number): string {
  return String(key).replaceAll('~', '~0').replaceAll('/', '~1');
}

/** For sorting by place in the value; parts that are numbers count as such. */
function byPointer(a: SchemaProblem, b: SchemaProblem): number {
  return compare(sortable(a.pointer), sortable(b.pointer)) || compare(a.message, b.message);
}

function sortable(pointer: string): string {
  return pointer.replace(/(?<=\/)\d+(?=\/|$)/g, (index) => index.padStart(8, '0'));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function pointerOf(error: ErrorObject): string {
  const key = error.propertyName ?? error.params.additionalProperty ?? error.params.unevaluatedProperty;
  return key === undefined ? error.instancePath : `${error.instancePath}/${pointerPart(key)}`;
}

function messageOf(
  { keyword, params, data, propertyName, message = '' }: ErrorObject,
  formats: FormatNames,
): string {
  const value = quoted(propertyName ?? data);
  switch (keyword) {
    case 'additionalProperties':
    case 'unevaluatedProperties':
      return `unknown key ${quoted(params.additionalProperty ?? params.unevaluatedProperty)}`;
    case 'required':
      return `the key ${quoted(params.missingProperty)} is missing`;
    case 'type':
      return `${value} must be ${[params.type].flat().map(named).join(' or ')}`;
    case 'const':
      return `${value} must be ${quoted(params.allowedValue)}`;
    case 'enum':
      return `${value} is not one of ${params.allowedValues.map(quoted).join(', ')}`;
    case 'format':
      return `${value} is not ${formats[params.format] ?? `in the format ${quoted(params.format)}`}`;
    case 'minimum':
    case 'exclusiveMinimum':
    case 'maximum':
    case 'exclusiveMaximum':
      return `${value} must be ${params.comparison} ${params.limit}`;
    case 'pattern':
      return `${value} does not match ${params.pattern}`;
    case 'minItems':
    case 'minLength':
    case 'minProperties':
      return params.limit === 1 ? 'must not be empty' : message;
    case 'maxLength':
      return `${value} is longer than ${params.limit} characters`;
    default:
      return message;
  }
}

/** A value in a sentence. A long one is cut; without ajv's `verbose`, the value is unknown. */
function quoted(value: unknown): string {
  if (value === undefined) return 'the value';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object' && value !== null) return 'an object';
  const text = JSON.stringify(value);
  return text.length > 80 ? `${text.slice(0, 76)}…"` : text;
}

function named(type: string): string {
  if (type === 'null') return type;
  if (type === 'array') return 'a list';
  return /^[aeiou]/.test(type) ? `an ${type}` : `a ${type}`;
}

/**
 * Of a failed `anyOf` or `oneOf`, keeps the problems of the deepest branch, because that is the one that was meant. If no
 * branch got further than the value itself, the problems with its type or its values become one.
 */
function withoutBranchNoise(errors: readonly ErrorObject[]): ErrorObject[] {
  const kept: ErrorObject[] = [];
  for (const error of errors) {
    if (error.keyword !== 'anyOf' && error.keyword !== 'oneOf') {
      kept.push(error);
      continue;
    }
    const branches: ErrorObject[] = [];
    while (belongsTo(error, kept.at(-1))) branches.unshift(...kept.splice(-1));
    const deepest = Math.max(...branches.map(depth));
    if (deepest > depth(error)) kept.push(...branches.filter((branch) => depth(branch) === deepest));
    else kept.push(...merged(branches, error));
  }
  return kept;
}

/** ajv reports the errors of the branches right before that of the `anyOf` itself. */
function belongsTo(error: ErrorObject, candidate: ErrorObject | undefined): boolean {
  if (!candidate?.instancePath.startsWith(error.instancePath)) return false;
  const siblings = error.schemaPath.slice(0, -error.keyword.length);
  return (
    !candidate.schemaPath.startsWith(siblings) || candidate.schemaPath.startsWith(`${error.schemaPath}/`)
  );
}

function depth(error: ErrorObject): number {
  return pointerOf(error).split('/').length;
}

function merged(branches: readonly ErrorObject[], error: ErrorObject): ErrorObject[] {
  const values = branches.flatMap(({ keyword, params }) => {
    if (keyword === 'const') return [params.allowedValue];
    return keyword === 'enum' ? params.allowedValues : [];
  });
  if (values.length > 0) return [{ ...error, keyword: 'enum', params: { allowedValues: values } }];
  const others = branches.filter(({ keyword }) => keyword !== 'type');
  if (others.length > 0) return others;
  const types = [...new Set(branches.flatMap(({ params }) => params.type))];
  return types.length > 0 ? [{ ...error, keyword: 'type', params: { type: types } }] : [error];
}
