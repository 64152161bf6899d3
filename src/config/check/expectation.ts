import { quote } from '../../diagnostics/quote.ts';
import { withArticle } from '../../diagnostics/wording.ts';
import { branchesOf, resolveRef, type SchemaNode } from './schema-node.ts';

/** What a schema wants, in words: `['a length of time']`, `["'embedded'", 'an object']`. */
export function expectedOf(node: SchemaNode, root: SchemaNode): readonly string[] {
  return branchesOf(node, root).flatMap((branch) => {
    if (branch.title !== undefined && branch.type !== 'object') return [withArticle(branch.title)];
    if (branch.const !== undefined) return [quote(branch.const)];
    if (branch.enum) return branch.enum.map((each) => quote(each));
    return [branch.type].flat().map((type) => typeNames[type ?? ''] ?? 'a value');
  });
}

const typeNames: Readonly<Record<string, string>> = {
  string: 'a string',
  number: 'a number',
  integer: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  null: 'null',
};

/** Small values that fit a schema, as code: `'30s'`, `{ pay: { image: 'ghcr.io/acme/pay:1' } }`. At least one. */
export function examplesOf(node: SchemaNode, root: SchemaNode): readonly string[] {
  const { examples = [] } = resolveRef(node, root);
  const values = examples.length > 0 ? examples : [sample(node, root)];
  return values.map((value) => quote(value, 200));
}

/** The first of the values that fit. */
export function exampleOf(node: SchemaNode, root: SchemaNode): string {
  return quote(sample(node, root), 200);
}

/** The same value in the type that a schema wants: `'5'` for 5, 5 for `'5'`, true for `'yes'`. */
export function convert(value: unknown, node: SchemaNode, root: SchemaNode): unknown {
  const schema = resolveRef(node, root);
  const types = [schema.type].flat();
  if (types.includes('string') && (typeof value === 'number' || typeof value === 'boolean')) {
    const text = String(value);
    return schema.pattern === undefined || new RegExp(schema.pattern, 'u').test(text) ? text : undefined;
  }
  if (typeof value === 'number') return asRange(value, schema);
  if (typeof value !== 'string') return undefined;
  if (types.includes('array') && schema.items) {
    const item = resolveRef(schema.items, root);
    return isText(item) && new RegExp(item.pattern ?? '', 'u').test(value) ? [value] : undefined;
  }
  if (types.includes('boolean')) return booleans[value.trim().toLowerCase()];
  const isNumber = types.includes('number') || types.includes('integer');
  return isNumber && /^\s*-?\d{1,15}\s*$/.test(value) ? Number(value) : undefined;
}

function isText({ type, enum: allowed, anyOf }: SchemaNode): boolean {
  return type === 'string' && allowed === undefined && anyOf === undefined;
}

/** `2` for `{ min: 2 }`, where a range is wanted. */
function asRange(value: number, { properties = {} }: SchemaNode): { readonly min: number } | undefined {
  const { min, max } = properties;
  return min && max && Number.isSafeInteger(value) && value > 0 ? { min: value } : undefined;
}

const booleans: Readonly<Record<string, boolean>> = {
  true: true,
  yes: true,
  on: true,
  false: false,
  no: false,
  off: false,
};

function sample(node: SchemaNode, root: SchemaNode): unknown {
  const schema = resolveRef(node, root);
  if (schema.examples && schema.examples.length > 0) return schema.examples[0];
  if (schema.const !== undefined) return schema.const;
  if (schema.enum) return schema.enum[0];
  if (schema.anyOf?.[0]) return sample(schema.anyOf[0], root);
  switch ([schema.type].flat()[0]) {
    case 'object':
      return sampleObject(schema, root);
    case 'array':
      return schema.items ? [sample(schema.items, root)] : [];
    case 'boolean':
      return true;
    case 'integer':
    case 'number':
      return typeof schema.default === 'number' ? schema.default : (schema.minimum ?? 1);
    default:
      return 'text';
  }
}

/** The required keys; if there are none, the first. */
function sampleObject(schema: SchemaNode, root: SchemaNode): object {
  if (typeof schema.additionalProperties === 'object') {
    const name = schema.propertyNames?.examples?.[0];
    return { [typeof name === 'string' ? name : 'name']: sample(schema.additionalProperties, root) };
  }
  const { properties = {}, required = [] } = schema;
  const keys = required.length > 0 ? required : Object.keys(properties).slice(0, 1);
  return Object.fromEntries(keys.map((key) => [key, sample(properties[key] ?? {}, root)]));
}
