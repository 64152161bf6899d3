import { branchesOf, type SchemaNode } from '../config/schema-node.ts';
import { nearest } from '../config/suggest.ts';
import type { ConfigPath } from '../diagnostics/diagnostic.ts';

/** What the schema says of a place in a config. */
export interface SchemaAt {
  /** The alternatives that a value there can be of. */
  readonly branches: readonly SchemaNode[];
  /** The node itself, with its description and default, where the place is a named key. */
  readonly node: SchemaNode;
}

/** The schema of a place, or how far the path leads and what could come next. */
export function schemaAt(
  root: SchemaNode,
  path: ConfigPath,
): SchemaAt | { readonly known: ConfigPath; readonly keys: readonly string[]; readonly suggestion?: string } {
  let node: SchemaNode = root;
  for (const [depth, part] of path.entries()) {
    const branches = branchesOf(node, root);
    const next = branches.map((branch) => below(branch, part)).find((each) => each !== undefined);
    if (next === undefined) {
      const keys = [...new Set(branches.flatMap((branch) => Object.keys(branch.properties ?? {})))];
      const suggestion = nearest(String(part), keys);
      return { known: path.slice(0, depth), keys, ...(suggestion !== undefined && { suggestion }) };
    }
    node = next;
  }
  return { branches: branchesOf(node, root), node };
}

function below(
  { properties = {}, additionalProperties, items }: SchemaNode,
  part: string | number,
): SchemaNode | undefined {
  if (typeof part === 'number') return items;
  if (Object.hasOwn(properties, part)) return properties[part];
  return typeof additionalProperties === 'object' ? additionalProperties : undefined;
}
