import type { ConfigPath } from '../diagnostics/diagnostic.ts';

/** The value at a path, or undefined. */
export function valueAt(value: unknown, path: ConfigPath): unknown {
  let current = value;
  for (const part of path) {
    if (typeof current !== 'object' || current === null || !Object.hasOwn(current, part)) return undefined;
    current = Reflect.get(current, part);
  }
  return current;
}

/** Copies a config with another value at a path. Creates missing objects on the way. */
export function withValue(value: unknown, path: ConfigPath, replacement: unknown): unknown {
  const [part, ...rest] = path;
  if (part === undefined) return replacement;
  const inner = withValue(valueAt(value, [part]), rest, replacement);
  if (Array.isArray(value)) return value.map((item, index) => (index === part ? inner : item));
  return { ...(typeof value === 'object' ? value : {}), [part]: inner };
}

export interface Leaf {
  readonly path: ConfigPath;
  readonly value: unknown;
}

/** All texts, numbers, booleans and nulls in a value, with their paths. */
export function leavesOf(value: unknown, path: ConfigPath = []): Leaf[] {
  if (typeof value !== 'object' || value === null) return [{ path, value }];
  const entries: [string | number, unknown][] = Array.isArray(value)
    ? [...value.entries()]
    : Object.entries(value);
  return entries.flatMap(([key, inner]) => leavesOf(inner, [...path, key]));
}

/** The same, with paths as text. The path of a list item has its name, if it has one, so that lists compare by name. */
export function namedLeaves(value: unknown, path: string = ''): Map<string, unknown> {
  const leaves = new Map<string, unknown>();
  if (typeof value !== 'object' || value === null) return leaves.set(path, value);
  const entries: [string, unknown][] = Array.isArray(value)
    ? value.map((item: unknown, index) => [nameOf(item) ?? `[${index}]`, item])
    : Object.entries(value);
  for (const [key, inner] of entries) {
    const at = path === '' || key.startsWith('[') ? path + key : `${path}.${key}`;
    for (const [place, leaf] of namedLeaves(inner, at)) leaves.set(place, leaf);
  }
  return leaves;
}

function nameOf(item: unknown): string | undefined {
  const name = valueAt(item, ['name']);
  return typeof name === 'string' ? name : undefined;
}
