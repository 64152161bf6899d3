import type { JsonSchema } from './json-schema.ts';

/** What follows a property's name in a rule's key: the property itself, a list's items, a map's values or its keys. */
const rulePath = /^(?<definition>.+)\.(?<property>[^.]+?)(?<part>\[\]|\{\}|\{key\})?$/;

/**
 * Adds the rules to the properties that they speak of.
 * Returns the keys of those that found one: a rule that finds none in any minor is out of date.
 */
export function applyValueRules(
  definitions: Record<string, JsonSchema>,
  rules: Readonly<Record<string, JsonSchema>>,
): string[] {
  return Object.entries(rules).flatMap(([key, rule]) => {
    const { definition = '', property = '', part = '' } = rulePath.exec(key)?.groups ?? {};
    const owner = definitions[definition];
    const schema = owner?.properties?.[property];
    if (!owner || !schema) return [];
    definitions[definition] = {
      ...owner,
      properties: { ...owner.properties, [property]: withRule(schema, part, rule) },
    };
    return [key];
  });
}

function withRule(schema: JsonSchema, part: string, rule: JsonSchema): JsonSchema {
  switch (part) {
    case '[]':
      return { ...schema, items: { ...schema.items, ...rule } };
    case '{}':
      if (typeof schema.additionalProperties !== 'object') throw new Error('a rule for the values of no map');
      return { ...schema, additionalProperties: { ...schema.additionalProperties, ...rule } };
    case '{key}':
      return { ...schema, propertyNames: rule };
    default:
      if (schema.$ref) throw new Error(`a rule for a whole object, ${schema.$ref}`);
      return { ...schema, ...rule };
  }
}
