import { formatPath } from '../../diagnostics/config-path.ts';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { quote } from '../../diagnostics/quote.ts';
import { report } from '../../diagnostics/report.ts';
import { nearest, repaired } from '../../diagnostics/suggest.ts';
import { withArticle } from '../../diagnostics/wording.ts';
import { convert, exampleOf, examplesOf, expectedOf } from './expectation.ts';
import { findForeignKeys } from './foreign/find.ts';
import { otherPlaces } from './other-places.ts';
import { hasTypeOf, type SchemaNode } from './schema-node.ts';
import type { Violation } from './violation.ts';

/** More keys than this are not listed in a hint. */
const fewKeys = 16;

/** In a name of fewer letters than this, one other letter makes another word: `gpu` and `cpu`. */
const shortest = 6;

/** What a violation means for the person who wrote the config. */
export function explainViolation(violation: Violation, root: SchemaNode): readonly Diagnostic[] {
  return violation.keyword === 'additionalProperties'
    ? explainKey(violation, root)
    : [explainValue(violation, root)];
}

function explainValue(violation: Violation, root: SchemaNode): Diagnostic {
  const { keyword, path, data, schema, params } = violation;
  switch (keyword) {
    case 'required': {
      const key = String(params.missingProperty);
      const example = exampleOf(schema.properties?.[key] ?? {}, root);
      return report('check/missing-key', path, { key, example }, { at: 'key' });
    }
    case 'type': {
      const converted = convert(data, schema, root);
      return report('check/wrong-type', path, {
        value: data,
        expected: expectedOf(schema, root),
        examples: examplesOf(schema, root),
        suggestion: converted === undefined ? undefined : quote(converted),
      });
    }
    case 'enum':
    case 'const': {
      const allowed = schema.enum ?? [schema.const];
      const suggestion = typeof data === 'string' ? nearest(data, allowed.filter(isString)) : undefined;
      return report('check/not-one-of', path, { value: data, allowed, suggestion });
    }
    case 'uniqueItems': {
      const first = Number(params.j);
      const value = Array.isArray(data) ? data[first] : undefined;
      return report('check/duplicate-item', [...path, Number(params.i)], { value, first });
    }
    default:
      return explainText(violation) ?? explainAmount(violation) ?? explainCount(violation, root);
  }
}

/** Keys that a value of the schema has not used yet, in the schema's order. */
export function unusedKeys(schema: SchemaNode, data: unknown): string[] {
  const used = typeof data === 'object' && data !== null ? data : {};
  return Object.keys(schema.properties ?? {}).filter((key) => !Object.hasOwn(used, key));
}

/** Explains an unknown key: it, or a key below it, belongs to another tool, or it is misspelt. */
function explainKey(violation: Violation, root: SchemaNode): readonly Diagnostic[] {
  const { path, data, params } = violation;
  const key = String(params.additionalProperty);
  const value: unknown = typeof data === 'object' && data !== null ? Reflect.get(data, key) : undefined;
  const foreign = findForeignKeys([...path, key], value);
  if (foreign.length === 0) return [unknownKey(violation, root)];
  return foreign.map((found) => report(found.code, found.path, found, { at: 'key' }));
}

function unknownKey({ path, data, schema, params }: Violation, root: SchemaNode): Diagnostic {
  const key = String(params.additionalProperty);
  const value: unknown = Reflect.get(Object(data), key);
  const place = [...path, key];
  const keys = Object.keys(schema.properties ?? {});
  const known = keys.length <= fewKeys ? keys : [];
  const suggestion = nearest(key, misspelt(key, value, schema, unusedKeys(schema, data), root));
  const taken = nearest(key, misspelt(key, value, schema, keys, root));
  const elsewhere = taken === undefined ? otherPlaces(place, value, root) : [];
  return report('check/unknown-key', place, { key, suggestion, taken, known, elsewhere }, { at: 'key' });
}

/** Of `keys`, those that a misspelt key may mean: those that take a value of its type, or all if its name is long. */
function misspelt(
  key: string,
  value: unknown,
  { properties = {} }: SchemaNode,
  keys: readonly string[],
  root: SchemaNode,
): string[] {
  return keys.filter((name) => key.length >= shortest || hasTypeOf(value, properties[name] ?? {}, root));
}

/** Explains a string, or the name of a key, that does not have the right form. */
function explainText({ keyword, path, data, schema, name }: Violation): Diagnostic | undefined {
  if (typeof data !== 'string') return undefined;
  const place = name === undefined ? path : [...path, name];
  const options = { at: name === undefined ? 'value' : 'key' } as const;
  const length = [...data].length;
  if (keyword === 'maxLength' && schema.maxLength !== undefined) {
    return report('check/too-long', place, { value: data, length, limit: schema.maxLength }, options);
  }
  if (keyword === 'minLength' && schema.minLength !== undefined) {
    return report('check/too-short', place, { value: data, length, limit: schema.minLength }, options);
  }
  if (keyword !== 'pattern' || schema.pattern === undefined) return undefined;
  const examples = (schema.examples ?? []).filter(isString);
  const form = {
    value: data,
    form: withArticle(schema.title ?? `text of the form ${schema.pattern}`),
    examples,
    suggestion: repaired(data, (candidate) => fits(candidate, schema)),
  };
  const description = describe(form.form, schema.description);
  if (name !== undefined) return report('check/wrong-name', place, { ...form, description }, options);
  return isAmount(examples)
    ? report('check/wrong-unit', place, form)
    : report('check/wrong-form', place, { ...form, description });
}

function explainAmount({ keyword, path, data, schema, params }: Violation): Diagnostic | undefined {
  if (typeof data !== 'number') return undefined;
  if (keyword === 'minimum' || keyword === 'maximum') {
    const { minimum, maximum } = schema;
    return report('check/out-of-range', path, { value: data, minimum, maximum });
  }
  if (keyword === 'multipleOf') {
    return report('check/not-a-multiple', path, { value: data, of: Number(params.multipleOf) });
  }
  return undefined;
}

function explainCount({ keyword, path, data, schema, params }: Violation, root: SchemaNode): Diagnostic {
  const count = Array.isArray(data) ? data.length : Object.keys(Object(data)).length;
  const limit = Number(params.limit);
  const of = Array.isArray(data) ? 'items' : 'keys';
  if (keyword === 'maxItems' || keyword === 'maxProperties') {
    return report('check/too-many', path, { count, limit, of }, { at: 'key' });
  }
  if (keyword === 'minItems' || keyword === 'minProperties') {
    return report('check/too-few', path, { count, limit, of, example: exampleOf(schema, root) });
  }
  throw new Error(`the platform schema uses ${keyword} at ${formatPath(path)}, which has no sentence`);
}

/** Whether a text has the form and length of a schema. */
export function fits(text: string, schema: SchemaNode): boolean {
  const isShortEnough = schema.maxLength === undefined || text.length <= schema.maxLength;
  return isShortEnough && new RegExp(schema.pattern ?? '', 'u').test(text);
}

/** Whether a form is a number with a unit, going by its examples: `30s`, `10r/s`, `0.5`. */
function isAmount(examples: readonly string[]): boolean {
  return (
    examples.every((example) => /^(\d+(\.\d+)?[A-Za-z/]*)+$/.test(example)) &&
    examples.some((example) => /[A-Za-z]/.test(example))
  );
}

/** The first sentence of a form's description, unless it only says the form's name. */
function describe(form: string, description = ''): string {
  const [sentence = ''] = description.split(/\.(?: |$)/, 1);
  return sentence.toLowerCase() === form.toLowerCase() ? '' : sentence;
}

function isString(value: unknown): value is string {
  return typeof value === 'string';
}
