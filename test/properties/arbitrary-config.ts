import { createRequire } from 'node:module';
import fc, { type Arbitrary } from 'fast-check';
import { branchesOf, resolveRef, type SchemaNode } from '../../src/config/check/schema-node.ts';
import { cases } from '../cases/index.ts';
import { valuesOf } from './arbitrary-value.ts';

export const platformSchema: SchemaNode = createRequire(import.meta.url)(
  '../../schemas/platform.schema.json',
);

/** A place in a config; `*` is a name that people choose. */
export type SchemaPath = readonly string[];

/** Every place that the schema has, with what it says of it. */
export const places: readonly (readonly [SchemaPath, SchemaNode])[] = placesBelow(platformSchema, []);

function placesBelow(node: SchemaNode, path: SchemaPath): (readonly [SchemaPath, SchemaNode])[] {
  const own = path.length === 0 ? [] : [[path, node] as const];
  const inner = branchesOf(node, platformSchema).flatMap((branch) => {
    const { properties = {}, additionalProperties, items } = resolveRef(branch, platformSchema);
    const parts = [
      ...Object.entries(properties),
      ...(typeof additionalProperties === 'object' ? [['*', additionalProperties] as const] : []),
      ...(items === undefined ? [] : [['0', items] as const]),
    ];
    return parts.flatMap(([key, part]) => placesBelow(part, [...path, key]));
  });
  return [...own, ...inner];
}

type Container = Record<string, unknown>;

/** The value with another one at a place; what is missing on the way is made. Names stand for `*` in turn. */
export function replaced(value: unknown, path: SchemaPath, part: unknown, pick = 0): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return part;
  if (key === '0') return [replaced(undefined, rest, part, pick)];
  const record: Container = isRecord(value) ? value : {};
  const names = Object.keys(record);
  const name = key === '*' ? (names[pick % Math.max(names.length, 1)] ?? 'NAME') : key;
  return { ...record, [name]: replaced(record[name], rest, part, pick) };
}

function isRecord(value: unknown): value is Container {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const seeds = fc.constantFrom(...Object.values(cases));

const replacement = fc.oneof(
  ...places.map(([path, schema]) =>
    fc.record({
      path: fc.constant(path),
      part: valuesOf(schema, platformSchema, path.length),
      pick: fc.nat(3),
    }),
  ),
);

/** A config that works with a few of its values changed: most of them work, the others break one rule. */
export const changedConfigs: Arbitrary<unknown> = fc
  .tuple(seeds, fc.array(replacement, { minLength: 1, maxLength: 4 }))
  .map(([seed, changes]) =>
    changes.reduce<unknown>((value, { path, part, pick }) => replaced(value, path, part, pick), seed),
  );

const odd = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    '',
    ' ',
    -1,
    0,
    1e21,
    0.1,
    true,
    [],
    {},
    [[]],
    '0',
    'null',
    '__proto__',
    '\0',
    '../..',
    '{{x}}',
  ),
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc.constant('x'.repeat(5000)),
);

const spoiling = fc.record({
  kind: fc.constantFrom('value', 'key', 'delete', 'wrap', 'extra'),
  index: fc.nat(),
  value: odd,
  key: fc.oneof(
    fc.constantFrom('constructor', '__proto__', 'toString', '', 'Domain', 'a.b'),
    fc.string({ maxLength: 12 }),
  ),
});

/** A config with one mistake of form: a wrong type, a key that nobody knows, one missing. */
const spoiledConfigs: Arbitrary<unknown> = fc
  .tuple(fc.oneof(seeds, changedConfigs), spoiling)
  .map(([config, { kind, index, value, key }]) => {
    const all = pathsIn(config);
    const path = all[index % all.length] ?? [];
    return at(config, path, (parent, last) => {
      if (kind === 'value') return { ...parent, [last]: value };
      if (kind === 'wrap') return { ...parent, [last]: [parent[last]] };
      if (kind === 'extra') return Object.fromEntries([...Object.entries(parent), [key, value]]);
      const { [last]: own, ...others } = parent;
      return kind === 'delete' ? others : Object.fromEntries([...Object.entries(others), [key, own]]);
    });
  });

function pathsIn(value: unknown): string[][] {
  return isRecord(value)
    ? Object.entries(value).flatMap(([key, part]) => [[key], ...pathsIn(part).map((path) => [key, ...path])])
    : [];
}

function at(
  value: unknown,
  path: readonly string[],
  change: (parent: Container, last: string) => unknown,
): unknown {
  const [key, ...rest] = path;
  if (key === undefined || !isRecord(value)) return value;
  return rest.length === 0 ? change(value, key) : { ...value, [key]: at(value[key], rest, change) };
}

/** What a person, or a careless tool, may hand to the compiler. */
export const configs: Arbitrary<unknown> = fc.oneof(
  { weight: 6, arbitrary: changedConfigs },
  { weight: 2, arbitrary: valuesOf(platformSchema, platformSchema) },
  { weight: 3, arbitrary: spoiledConfigs },
  { weight: 1, arbitrary: fc.jsonValue() },
);
