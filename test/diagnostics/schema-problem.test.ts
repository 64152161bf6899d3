import { Ajv, type AnySchemaObject } from 'ajv';
import { describe, expect, it } from 'vitest';
import { schemaProblems } from '../../src/diagnostics/schema-problem.ts';

function problems(schema: AnySchemaObject, value: unknown, verbose = true) {
  const ajv = new Ajv({ allErrors: true, verbose, allowUnionTypes: true, formats: { even: /^(..)*$/ } });
  const validate = ajv.compile(schema);
  validate(value);
  return schemaProblems(validate.errors, { even: 'of even length' });
}

function property(schema: AnySchemaObject): AnySchemaObject {
  return { type: 'object', properties: { a: schema } };
}

describe('an error', () => {
  it.each<[string, AnySchemaObject, unknown, string, string]>([
    ['unknown key', { additionalProperties: false }, { 'a/b~': 1 }, '/a~1b~0', 'unknown key "a/b~"'],
    ['missing key', { required: ['a'] }, {}, '', 'the key "a" is missing'],
    ['type', property({ type: 'integer' }), { a: 'x' }, '/a', '"x" must be an integer'],
    ['types', property({ type: ['array', 'null'] }), { a: {} }, '/a', 'an object must be a list or null'],
    ['enum', property({ enum: ['b', 'c'] }), { a: 'd' }, '/a', '"d" is not one of "b", "c"'],
    ['const', property({ const: 'b' }), { a: 'd' }, '/a', '"d" must be "b"'],
    ['format', property({ type: 'string', format: 'even' }), { a: 'x' }, '/a', '"x" is not of even length'],
    ['pattern', property({ type: 'string', pattern: '^y' }), { a: 'x' }, '/a', '"x" does not match ^y'],
    ['minimum', property({ type: 'number', minimum: 3 }), { a: 2 }, '/a', '2 must be >= 3'],
    ['maximum', property({ type: 'number', exclusiveMaximum: 3 }), { a: 3 }, '/a', '3 must be < 3'],
    ['empty string', property({ type: 'string', minLength: 1 }), { a: '' }, '/a', 'must not be empty'],
    ['empty list', property({ type: 'array', minItems: 1 }), { a: [] }, '/a', 'must not be empty'],
    [
      'long string',
      property({ type: 'string', maxLength: 1 }),
      { a: 'xy' },
      '/a',
      '"xy" is longer than 1 characters',
    ],
    ['key', { propertyNames: { pattern: '^y' } }, { x: 1 }, '/x', '"x" does not match ^y'],
    ['anything else', property({ type: 'number', multipleOf: 2 }), { a: 3 }, '/a', 'must be multiple of 2'],
  ])('of %s says the fact at its place', (_, schema, value, pointer, message) => {
    expect(problems({ type: 'object', ...schema }, value)).toEqual([{ pointer, message }]);
  });

  it('without the value at hand still says what must be', () => {
    expect(problems(property({ type: 'integer' }), { a: 'x' }, false)).toEqual([
      { pointer: '/a', message: 'the value must be an integer' },
    ]);
  });

  it('quotes no more than a line of a long value', () => {
    const [problem] = problems(property({ enum: ['b'] }), { a: 'x'.repeat(500) });
    expect(problem?.message).toBe(`"${'x'.repeat(75)}…" is not one of "b"`);
  });
});

describe('of alternatives', () => {
  const named = (kind: string, key: string) => ({
    type: 'object',
    required: ['kind'],
    additionalProperties: false,
    properties: { kind: { const: kind }, [key]: { type: 'object', additionalProperties: false } },
  });

  it('that differ in type, the types are said as one', () => {
    const schema = property({ anyOf: [{ type: 'integer' }, { type: 'boolean' }] });
    expect(problems(schema, { a: 'x' })).toEqual([
      { pointer: '/a', message: '"x" must be an integer or a boolean' },
    ]);
  });

  it('that are values, the values are said as one', () => {
    const schema = property({ anyOf: [{ const: 'b' }, { enum: ['c', 'd'] }, { type: 'integer' }] });
    expect(problems(schema, { a: 'x' })).toEqual([
      { pointer: '/a', message: '"x" is not one of "b", "c", "d"' },
    ]);
  });

  it('the one that fits furthest speaks', () => {
    const schema = property({ oneOf: [{ type: 'string' }, named('b', 'inner')] });
    expect(problems(schema, { a: { kind: 'b', inner: { typo: 1 } } })).toEqual([
      { pointer: '/a/inner/typo', message: 'unknown key "typo"' },
    ]);
  });

  it('what else is wrong with the same value stays', () => {
    const schema = property({ type: 'string', maxLength: 1, anyOf: [{ const: 'b' }, { const: 'c' }] });
    expect(problems(schema, { a: 'xy' })).toEqual([
      { pointer: '/a', message: '"xy" is longer than 1 characters' },
      { pointer: '/a', message: '"xy" is not one of "b", "c"' },
    ]);
  });

  it('by reference, no branch is left over', () => {
    const schema = {
      definitions: { b: { type: 'boolean' }, c: { type: 'integer' } },
      ...property({ anyOf: [{ $ref: '#/definitions/b' }, { $ref: '#/definitions/c' }] }),
    };
    expect(problems(schema, { a: 'x' })).toEqual([
      { pointer: '/a', message: '"x" must be a boolean or an integer' },
    ]);
  });
});

it('sorts by place, counting indexes as numbers, and says nothing twice', () => {
  const schema = {
    type: 'array',
    items: { type: 'integer', allOf: [{ type: 'integer' }] },
  };
  const value = Array.from({ length: 12 }, (_, index) => (index === 2 || index === 10 ? 'x' : index));
  expect(problems(schema, value).map(({ pointer }) => pointer)).toEqual(['/2', '/10']);
});

it('says nothing of a right value', () => {
  expect(schemaProblems(null)).toEqual([]);
  expect(problems(property({ type: 'integer' }), { a: 1 })).toEqual([]);
});
