import type { KubernetesMinor } from '../src/kubernetes/minors.ts';
import type { JsonSchema } from './json-schema.ts';
import { kubernetesKinds, nameSyntax, omittedFields } from './kubernetes-kinds.ts';

/** The definitions of one minor as the package has them, by their full names (`io.k8s.api.apps.v1.Deployment`). */
export type Source = Readonly<Record<string, SourceDefinition>>;

interface SourceDefinition extends JsonSchema {
  readonly 'x-kubernetes-group-version-kind'?: readonly { group: string; version: string; kind: string }[];
}

export interface KubernetesSchemas {
  /** `apps/v1/Deployment` → `#/definitions/apps.v1.Deployment` */
  readonly kinds: Record<string, string>;
  readonly definitions: Record<string, JsonSchema>;
}

/** Takes what the kinds in use reach, closes every object, and drops what does not decide validity. */
export function kubernetesDefinitions(source: Source, minor: KubernetesMinor): KubernetesSchemas {
  const names = kindNames(source);
  const kinds: Record<string, string> = {};
  const definitions: Record<string, JsonSchema> = {};

  function take(fullName: string): string {
    const name = shortName(fullName);
    if (!(name in definitions)) {
      definitions[name] = {}; // Holds the place, since definitions refer to themselves.
      definitions[name] = simplify(without(find(source, fullName), omittedFields[name] ?? []));
    }
    return `#/definitions/${name}`;
  }

  function simplify(schema: JsonSchema): JsonSchema {
    if (schema.$ref !== undefined) {
      const fullName = schema.$ref.slice('#/$defs/'.length);
      const target = find(source, fullName);
      return typeOf(target) === 'object'
        ? { $ref: take(fullName) }
        : simplify(withQuantity(fullName, target));
    }
    const type = typeOf(schema);
    return {
      type,
      ...(schema.format && keptFormats.has(schema.format) && { format: schema.format }),
      ...(schema.items && { items: simplify(schema.items) }),
      ...(schema.required && { required: [...schema.required].sort() }),
      ...(schema.properties && { properties: mapValues(schema.properties, simplify) }),
      ...(type === 'object' && { additionalProperties: valuesOf(schema, simplify) }),
    };
  }

  for (const key of Object.keys(kubernetesKinds)) {
    const fullName = names.get(key);
    if (fullName === undefined) throw new Error(`Kubernetes ${minor} has no ${key}`);
    const name = key.replaceAll('/', '.');
    if (name in definitions) throw new Error(`${key} is a part of another kind too`);
    kinds[key] = `#/definitions/${name}`;
    const schema = simplify(without(find(source, fullName), ['status']));
    definitions[name] = topLevel(key, schema, nameSyntax(key, minor));
  }
  return { kinds, definitions: Object.fromEntries(Object.entries(definitions).sort(byKey)) };
}

/** int64 and double hold every number that we write; there are no times in manifests. */
const keptFormats = new Set(['byte', 'int32', 'quantity']);

function withQuantity(fullName: string, schema: JsonSchema): JsonSchema {
  return fullName.endsWith('.resource.Quantity') ? { ...schema, format: 'quantity' } : schema;
}

/** The package lets every optional value be null; a manifest leaves such a value out. */
function typeOf(schema: JsonSchema): string | string[] {
  const types = (schema.oneOf ?? [schema]).flatMap((one) => one.type ?? []).filter((type) => type !== 'null');
  const [only, ...more] = types.sort();
  if (only === undefined) throw new Error(`a definition without a type: ${JSON.stringify(schema)}`);
  return more.length === 0 ? only : types;
}

function valuesOf(schema: JsonSchema, simplify: (schema: JsonSchema) => JsonSchema): JsonSchema | false {
  const values = schema.additionalProperties;
  return typeof values === 'object' ? simplify(values) : false;
}

/** The object as it stands in a file, with what identifies it. */
function topLevel(key: string, schema: JsonSchema, name: JsonSchema): JsonSchema {
  const properties = schema.properties ?? {};
  // Older minors call spec optional; of our kinds only a Namespace is of use without one.
  const spec = 'spec' in properties && key !== 'v1/Namespace' ? ['spec'] : [];
  const slash = key.lastIndexOf('/');
  return {
    type: 'object',
    required: [...new Set(['apiVersion', 'kind', 'metadata', ...spec, ...(schema.required ?? [])])].sort(),
    properties: {
      ...properties,
      apiVersion: { const: key.slice(0, slash) },
      kind: { const: key.slice(slash + 1) },
      metadata: {
        allOf: [
          { $ref: '#/definitions/meta.v1.ObjectMeta' },
          { type: 'object', required: ['name'], properties: { name } },
        ],
      },
    },
    additionalProperties: false,
  };
}

function without(schema: SourceDefinition, fields: readonly string[]): JsonSchema {
  const kept = Object.entries(schema.properties ?? {}).filter(([key]) => !fields.includes(key));
  return { ...schema, ...(schema.properties && { properties: Object.fromEntries(kept) }) };
}

/** `io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta` → `meta.v1.ObjectMeta` */
function shortName(fullName: string): string {
  return fullName.replace(/^io\.k8s\.(api|apimachinery\.pkg\.(apis|api|util))\./, '');
}

/** `apps/v1/Deployment` → `io.k8s.api.apps.v1.Deployment` */
function kindNames(source: Source): Map<string, string> {
  return new Map(
    Object.entries(source).flatMap(([name, definition]) =>
      (definition['x-kubernetes-group-version-kind'] ?? []).map(
        ({ group, version, kind }) => [[group, version, kind].filter(Boolean).join('/'), name] as const,
      ),
    ),
  );
}

/** Types without fields of their own that take any JSON; closing them would refuse what is right. */
const freeForm = /\.(FieldsV1|RawExtension|JSON)$/;

function find(source: Source, fullName: string): SourceDefinition {
  const definition = source[fullName];
  if (!definition) throw new Error(`no definition of ${fullName}`);
  if (freeForm.test(fullName)) throw new Error(`${fullName} takes any JSON and cannot be closed`);
  return definition;
}

function mapValues<V, W>(record: Readonly<Record<string, V>>, change: (value: V) => W): Record<string, W> {
  return Object.fromEntries(
    Object.entries(record)
      .sort(byKey)
      .map(([key, value]) => [key, change(value)]),
  );
}

function byKey([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return a < b ? -1 : 1;
}
