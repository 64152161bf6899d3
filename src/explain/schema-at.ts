import { branchesOf, type SchemaNode } from '../config/check/schema-node.ts';
import type { ConfigPath } from '../diagnostics/diagnostic.ts';
import { nearest } from '../diagnostics/suggest.ts';
import { valueAt } from './config-values.ts';

/** The schema of a place in a config. */
export interface SchemaAt {
  /** The alternative schemas for a value there. */
  readonly branches: readonly SchemaNode[];
  /** The schema node, with its description and default, if the place is a named key. */
  readonly node: SchemaNode;
}

/**
 * Finds the schema of a place, or how much of the path exists and which keys could follow.
 *
 * @param config if given, a name that users choose, such as `functions.pay`, must be in it, unless its value is plain
 */
export function schemaAt(
  root: SchemaNode,
  path: ConfigPath,
  config?: unknown,
): SchemaAt | { readonly known: ConfigPath; readonly keys: readonly string[]; readonly suggestion?: string } {
  let node: SchemaNode = root;
  for (const [depth, part] of path.entries()) {
    const branches = branchesOf(node, root);
    const next = branches.map((branch) => below(branch, part)).find((each) => each !== undefined);
    const names = config === undefined ? undefined : namesAt(config, path.slice(0, depth));
    const isChosen = next !== undefined && !branches.some(({ properties = {} }) => part in properties);
    const isGroup = next !== undefined && branchesOf(next, root).some(({ properties }) => properties);
    const isMissing = isChosen && isGroup && names !== undefined && !names.includes(String(part));
    if (next === undefined || isMissing) {
      const known = branches.flatMap((branch) => Object.keys(branch.properties ?? {}));
      const keys = [...new Set(isMissing ? names : known)];
      const suggestion = nearest(String(part), keys);
      return { known: path.slice(0, depth), keys, ...(suggestion !== undefined && { suggestion }) };
    }
    node = next;
  }
  return { branches: branchesOf(node, root), node };
}

/** The names in a record of the config; undefined where there is none. */
function namesAt(config: unknown, path: ConfigPath): string[] | undefined {
  const value = valueAt(config, path);
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.keys(value)
    : undefined;
}

function below(
  { properties = {}, additionalProperties, items }: SchemaNode,
  part: string | number,
): SchemaNode | undefined {
  if (typeof part === 'number') return items;
  if (Object.hasOwn(properties, part)) return properties[part];
  return typeof additionalProperties === 'object' ? additionalProperties : undefined;
}
