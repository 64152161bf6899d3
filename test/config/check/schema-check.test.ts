import { describe, expect, it } from 'vitest';
import { createSchemaCheck } from '../../../src/config/check/schema-check.ts';
import type { SchemaNode } from '../../../src/config/check/schema-node.ts';
import { formatPath } from '../../../src/diagnostics/config-path.ts';

/** What the check of a property `a` with that schema says of a value: code, path, fact and hint. */
function said(a: SchemaNode, value: unknown, definitions: Record<string, SchemaNode> = {}): string[] {
  const check = createSchemaCheck({
    type: 'object',
    properties: { a },
    additionalProperties: false,
    definitions,
  });
  return check({ a: value }).map(
    ({ code, path, message, hint }) => `${code} ${formatPath(path)}: ${message} | ${hint}`,
  );
}

const closed = (properties: Record<string, SchemaNode>, required: string[] = []): SchemaNode => ({
  type: 'object',
  properties,
  required,
  additionalProperties: false,
});

describe('a union of objects', () => {
  const union: SchemaNode = {
    anyOf: [
      closed({ kind: { const: 'file' }, path: { type: 'string' } }, ['kind', 'path']),
      closed({ kind: { const: 'url' }, url: { type: 'string' }, sum: { type: 'string' } }, [
        'kind',
        'url',
        'sum',
      ]),
    ],
  };

  it('is checked as the one that its kind names', () => {
    expect(said(union, { kind: 'url', urll: 'x', sum: 'y' })).toEqual([
      "check/unknown-key a.urll: there is no key 'urll' here | did you mean url?",
    ]);
    expect(said(union, { kind: 'file' })).toEqual([
      "check/missing-key a: the key path is missing | add it, for example path: 'text'",
    ]);
  });

  it('is checked as the nearest one when its kind is none', () => {
    expect(said(union, { kind: 'fil', path: 'x' })).toEqual([
      "check/not-one-of a.kind: 'fil' is not 'file' | did you mean 'file'?",
    ]);
  });
});

describe('a union of texts', () => {
  const union: SchemaNode = {
    anyOf: [{ const: 'auto', type: 'string' }, { $ref: '#/definitions/Duration' }, { type: 'boolean' }],
  };
  const definitions = {
    Duration: { type: 'string', title: 'length of time', pattern: '^\\d+s$', examples: ['30s'] },
  };

  it('passes as any of them', () => {
    expect(['auto', '5s', true].flatMap((value) => said(union, value, definitions))).toEqual([]);
  });

  it('is told what it can be', () => {
    expect(said(union, 'atuo', definitions)).toEqual([
      "check/not-one-of a: 'atuo' is not 'auto' | did you mean 'auto'?",
    ]);
    expect(said(union, 'never', definitions)).toEqual([
      "check/wrong-type a: expected 'auto', a length of time or true or false, got the string 'never' | write a value such as 'auto', '30s' or true",
    ]);
    expect(said(union, [], definitions)).toEqual([
      "check/wrong-type a: expected 'auto', a length of time or true or false, got an empty list | write a value such as 'auto', '30s' or true",
    ]);
  });
});

describe('a union inside of a union', () => {
  it('says only what matters', () => {
    const inner: SchemaNode = { anyOf: [{ type: 'integer' }, closed({ b: { type: 'integer' } })] };
    const union: SchemaNode = { anyOf: [{ type: 'string' }, { type: 'array', items: inner }] };
    expect(said(union, [1, { b: 'x' }, 'y'])).toEqual([
      "check/wrong-type a[1].b: expected a whole number, got the string 'x' | write a value such as 1",
      "check/wrong-type a[2]: expected a whole number or an object, got the string 'y' | write a value such as 1 or { b: 1 }",
    ]);
  });
});

describe('numbers and texts', () => {
  it('have bounds on one side, and steps', () => {
    expect(said({ type: 'number', minimum: 2 }, 1)).toEqual([
      'check/out-of-range a: 1 is out of range: from 2 | write a number from 2',
    ]);
    expect(said({ type: 'number', maximum: 2 }, 3.5)).toEqual([
      'check/out-of-range a: 3.5 is out of range: up to 2 | write a number up to 2',
    ]);
    expect(said({ type: 'integer', multipleOf: 8 }, 13)).toEqual([
      'check/not-a-multiple a: 13 is not a multiple of 8 | write 16',
    ]);
    expect(said({ type: 'string', minLength: 3 }, 'ab')).toEqual([
      "check/too-short a: 'ab' has 2 characters, but the minimum is 3 | write at least 3 characters",
    ]);
    expect(said({ type: 'array', maxItems: 1 }, [1, 2])).toEqual([
      'check/too-many a: there are 2 items here, but the maximum is 1 | keep at most 1',
    ]);
  });

  it('have a form without a name', () => {
    expect(said({ type: 'string', pattern: '^x+$' }, 'y')).toEqual([
      "check/wrong-form a: 'y' is not a text of the form ^x+$ | rewrite it in that form",
    ]);
  });

  it('are converted where only the quotes are wrong', () => {
    expect(said({ type: 'string' }, true)).toEqual([
      "check/wrong-type a: expected a string, got true | write 'true'",
    ]);
    expect(said({ type: 'integer' }, ' 12 ')).toEqual([
      "check/wrong-type a: expected a whole number, got the string ' 12 ' | write 12",
    ]);
    expect(said({ type: 'boolean' }, 'perhaps')).toEqual([
      "check/wrong-type a: expected true or false, got the string 'perhaps' | write a value such as true",
    ]);
  });
});

it('a schema with a keyword that has no sentence is our bug', () => {
  const a: SchemaNode & { not: object } = { not: {} };
  expect(() => createSchemaCheck({ type: 'object', properties: { a } })({ a: 1 })).toThrow(/uses not at a/);
});
