import fc, { type Arbitrary } from 'fast-check';
import type { SchemaNode } from '../../src/config/check/schema-node.ts';

/** What a pattern with lookaheads means, for those that fast-check cannot turn into strings; by definition. */
const byDefinition: Readonly<Record<string, Arbitrary<string>>> = {
  Duration: fc
    .tuple(fc.integer({ min: 0, max: 5000 }), fc.constantFrom('ms', 's', 'm', 'h'))
    .map((p) => p.join('')),
  Ipv4Address: fc.oneof(fc.constantFrom('10.43.0.80', '10.43.0.81', '192.0.2.7'), fc.ipV4()),
  Ipv4Cidr: fc
    .tuple(fc.constantFrom('10.0.0.0', '10.42.0.0', '172.16.0.0', '0.0.0.0'), fc.integer({ min: 0, max: 32 }))
    .map((p) => p.join('/')),
  Ipv6Address: fc.constantFrom('fd00::1', '2001:db8::10', '::', '::1', 'fe80::1', '::::', '1:2:3:4:5:6:7:8'),
  Ipv6Cidr: fc
    .tuple(fc.constantFrom('fd00:42::', '2001:db8::', '::'), fc.integer({ min: 0, max: 128 }))
    .map((p) => p.join('/')),
  DomainName: fc.constantFrom(
    'a.b',
    'functions.example.no',
    `${'a'.repeat(63)}.example.fi`,
    `${'ab.'.repeat(80)}no`,
  ),
  K3sVersion: fc.constantFrom(
    'v1.36.5+k3s1',
    'v1.33.13+k3s2',
    'v1.37.1+k3s1',
    'v1.28.15+k3s1',
    'v1.99.0+k3s1',
  ),
  TimeZone: fc.constantFrom('Europe/Oslo', 'UTC', 'America/Argentina/Salta', 'Nowhere/Here'),
};

/**
 * Values of a schema, mostly such as people write: optional keys are left out more often than not, and strings are
 * examples as often as anything that the pattern allows. Made from the schema alone, so a new key is tried from its
 * first day.
 */
export function valuesOf(schema: SchemaNode, root: SchemaNode, depth = 0): Arbitrary<unknown> {
  const name = schema.$ref?.replace('#/definitions/', '');
  if (name !== undefined) return byDefinition[name] ?? valuesOf(root.definitions?.[name] ?? {}, root, depth);
  if (schema.const !== undefined) return fc.constant(schema.const);
  if (schema.enum !== undefined) return fc.constantFrom(...schema.enum);
  if (schema.anyOf !== undefined) return fc.oneof(...schema.anyOf.map((each) => valuesOf(each, root, depth)));
  switch (schema.type) {
    case 'string':
      return strings(schema);
    case 'integer':
      return fc.integer({ min: schema.minimum ?? -1000, max: schema.maximum ?? 1_000_000 });
    case 'number':
      return fc.double({ min: schema.minimum ?? -1000, max: schema.maximum ?? 1_000_000, noNaN: true });
    case 'boolean':
      return fc.boolean();
    case 'array':
      return arrays(schema, root, depth);
    case 'object':
      return objects(schema, root, depth);
    default:
      return fc.oneof(fc.string(), fc.integer(), fc.boolean());
  }
}

function strings(schema: SchemaNode): Arbitrary<string> {
  const longest = schema.maxLength ?? 200;
  const examples = (schema.examples ?? []).filter((each) => typeof each === 'string');
  const free =
    schema.pattern === undefined ? fc.string({ unit: 'grapheme', maxLength: 40 }) : matching(schema.pattern);
  const all = [...(examples.length > 0 ? [fc.constantFrom(...examples)] : []), ...(free ? [free] : [])];
  return all.length === 0 ? fc.string() : fc.oneof(...all).map((text) => text.slice(0, longest));
}

/** fast-check knows no lookaheads. */
function matching(pattern: string): Arbitrary<string> | undefined {
  return /\(\?[=!<]/.test(pattern) ? undefined : fc.stringMatching(new RegExp(pattern), { size: 'small' });
}

function arrays(schema: SchemaNode, root: SchemaNode, depth: number): Arbitrary<unknown> {
  const options = { minLength: schema.minItems ?? 0, maxLength: 4 };
  const items = valuesOf(schema.items ?? {}, root, depth + 1);
  return schema.uniqueItems
    ? fc.uniqueArray(items, { ...options, selector: (item) => JSON.stringify(item) })
    : fc.array(items, options);
}

function objects(schema: SchemaNode, root: SchemaNode, depth: number): Arbitrary<unknown> {
  const fixed = Object.entries(schema.properties ?? {}).map(([key, property]) => {
    const values = valuesOf(property, root, depth + 1);
    const needed = schema.required?.includes(key) ?? false;
    const absent = { weight: needed ? 0 : 3, arbitrary: fc.constant(undefined) };
    return fc.tuple(fc.constant(key), fc.oneof(absent, { weight: 1, arbitrary: values }));
  });
  const others =
    typeof schema.additionalProperties === 'object' ? entries(schema, root, depth) : fc.constant([]);
  return fc
    .tuple(fc.tuple(...fixed), others)
    .map(([own, more]) => Object.fromEntries([...own, ...more].filter(([, value]) => value !== undefined)));
}

function entries(schema: SchemaNode, root: SchemaNode, depth: number): Arbitrary<[string, unknown][]> {
  const { propertyNames, additionalProperties } = schema;
  const names = propertyNames ? valuesOf({ type: 'string', ...propertyNames }, root, depth) : fc.string();
  const values = valuesOf(
    typeof additionalProperties === 'object' ? additionalProperties : {},
    root,
    depth + 1,
  );
  return fc.uniqueArray(fc.tuple(names.map(String), values), {
    minLength: schema.minProperties ?? 0,
    maxLength: 3,
    selector: ([key]) => key,
  });
}
