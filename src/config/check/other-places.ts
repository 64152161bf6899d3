import type { ConfigPath } from '../../diagnostics/diagnostic.ts';
import { branchesOf, hasTypeOf, resolveRef, type SchemaNode } from './schema-node.ts';

const whole = 'the config itself';

/** No key of the config is nested deeper. */
const deepest = 6;

/**
 * Where else the last key of a path exists and the value would be taken: `gateway`, `functions.<name>.http`. Looked for in
 * the same section and at the top, because a key of that name in another section mostly means something else; for a key
 * that is written at the top, everywhere. None if there are more than two: such a list helps nobody.
 */
export function otherPlaces(path: ConfigPath, value: unknown, root: SchemaNode): readonly string[] {
  const key = String(path.at(-1));
  const [section] = path;
  const found = placesOf(key, value, root);
  const near =
    path.length === 1 ? found : found.filter((place) => place === whole || place.split('.')[0] === section);
  return near.length > 2 ? [] : near;
}

function placesOf(key: string, value: unknown, root: SchemaNode): string[] {
  const found: string[] = [];
  const search = (node: SchemaNode, path: string, depth: number): void => {
    for (const schema of branchesOf(node, root)) {
      const here = schema.properties?.[key];
      if (here && fits(value, here, root)) found.push(path === '' ? whole : path);
      if (depth === 0) continue;
      for (const [name, part] of Object.entries(schema.properties ?? {})) {
        search(part, path === '' ? name : `${path}.${name}`, depth - 1);
      }
      if (typeof schema.additionalProperties === 'object')
        search(schema.additionalProperties, `${path}.<name>`, depth - 1);
    }
  };
  search(root, '', deepest);
  return [...new Set(found)];
}

/** Whether a key would take a value: a text of its form, a list of such, an object with keys that it knows. */
function fits(value: unknown, node: SchemaNode, root: SchemaNode): boolean {
  return branchesOf(node, root).some((branch) => {
    const schema = resolveRef(branch, root);
    if (schema.const !== undefined) return schema.const === value;
    if (schema.enum) return schema.enum.includes(value);
    if (!hasTypeOf(value, schema, root)) return false;
    if (typeof value === 'string') return new RegExp(schema.pattern ?? '', 'u').test(value);
    if (Array.isArray(value)) return value.every((item) => fits(item, schema.items ?? {}, root));
    if (typeof value !== 'object' || value === null || typeof schema.additionalProperties === 'object')
      return true;
    return Object.keys(value).every((key) => Object.hasOwn(schema.properties ?? {}, key));
  });
}
