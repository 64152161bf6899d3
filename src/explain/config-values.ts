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

/** The same config with another value at a path; objects on the way are made where there are none. */
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

/** Every text, number, boolean and null of a value, with its path. */
export function leavesOf(value: unknown, path: ConfigPath = []): Leaf[] {
  if (typeof value !== 'object' || value === null) return [{ path, value }];
  const entries: [string | number, unknown][] = Array.isArray(value)
    ? [...value.entries()]
    : Object.entries(value);
  return entries.flatMap(([key, inner]) => leavesOf(inner, [...path, key]));
}

/** What a list's item is called, so that lists of named things compare by name. */
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
