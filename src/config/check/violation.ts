import type { ErrorObject } from 'ajv';
import type { ConfigPath } from '../../diagnostics/diagnostic.ts';
import type { SchemaNode } from './schema-node.ts';

/** One of ajv's errors, in our terms. */
export interface Violation {
  readonly keyword: string;
  /** Where in the value that was validated. */
  readonly path: ConfigPath;
  /** The value at the path, or the key when a key's name is wrong. */
  readonly data: unknown;
  /** The schema that has the keyword: of a definition, if the property refers to one. */
  readonly schema: SchemaNode;
  readonly params: Readonly<Record<string, unknown>>;
  /** The key whose name is wrong, not its value. */
  readonly name?: string;
}

export function toViolation(error: ErrorObject, root: unknown): Violation {
  const { keyword, data, params, propertyName } = error;
  return {
    keyword,
    path: pointerToPath(error.instancePath, root),
    data: propertyName ?? data,
    schema: error.parentSchema ?? {},
    params,
    ...(propertyName !== undefined && { name: propertyName }),
  };
}

/** A JSON pointer as a path; parts that index a list become numbers. */
function pointerToPath(pointer: string, root: unknown): ConfigPath {
  const path: (string | number)[] = [];
  let value = root;
  for (const escaped of pointer.split('/').slice(1)) {
    const part = escaped.replaceAll('~1', '/').replaceAll('~0', '~');
    path.push(Array.isArray(value) ? Number(part) : part);
    value = typeof value === 'object' && value !== null ? Reflect.get(value, part) : undefined;
  }
  return path;
}
