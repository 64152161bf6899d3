/** The part of JSON Schema that the types in this folder become. */
export interface SchemaNode {
  readonly $id?: string;
  readonly $ref?: string;
  readonly title?: string;
  readonly description?: string;
  readonly default?: unknown;
  readonly examples?: readonly unknown[];
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly anyOf?: readonly SchemaNode[];
  readonly pattern?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly multipleOf?: number;
  readonly items?: SchemaNode;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly uniqueItems?: boolean;
  readonly minProperties?: number;
  readonly maxProperties?: number;
  readonly properties?: Readonly<Record<string, SchemaNode>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | SchemaNode;
  readonly propertyNames?: SchemaNode;
  readonly definitions?: Readonly<Record<string, SchemaNode>>;
}

/** Follows a schema's `$ref`: the definition's keywords, overridden by its own. */
export function resolveRef(node: SchemaNode, root: SchemaNode): SchemaNode {
  const [, name = ''] = /^#\/definitions\/(.+)$/.exec(node.$ref ?? '') ?? [];
  const definition = root.definitions?.[name];
  if (!definition) return node;
  const { $ref: _, ...own } = node;
  return { ...resolveRef(definition, root), ...own };
}

/** The alternatives of a union, with nested unions flattened; for anything else, the schema itself. */
export function branchesOf(node: SchemaNode, root: SchemaNode): readonly SchemaNode[] {
  const resolved = resolveRef(node, root);
  return resolved.anyOf ? resolved.anyOf.flatMap((branch) => branchesOf(branch, root)) : [resolved];
}

/** Whether a value has a type that a schema allows. What is in it may still be wrong. */
export function hasTypeOf(value: unknown, node: SchemaNode, root: SchemaNode): boolean {
  const own = Array.isArray(value) ? 'array' : value === null ? 'null' : typeof value;
  return branchesOf(node, root).some(({ type, enum: allowed, const: constant }) => {
    const types =
      type === undefined ? [allowed ?? [constant]].flat().map((each) => typeof each) : [type].flat();
    return types.includes(own) || (types.includes('integer') && Number.isInteger(value));
  });
}
