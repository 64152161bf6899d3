import type { ConfigPath } from '../../../diagnostics/diagnostic.ts';
import type { ForeignKey } from './foreign-key.ts';
import { findForeignKey } from './foreign-keys.ts';

/** A foreign key and its path: the unknown key itself, or one below it. */
export interface FoundForeignKey extends ForeignKey {
  readonly path: ConfigPath;
  readonly key: string;
  readonly value: unknown;
}

/** No tool has a flag that is nested deeper. */
const deepest = 6;

/**
 * Finds the foreign keys in an unknown key. It looks below the key first, because
 * `gateway: { directFunctions: true }` is about the flag and not about the gateway; also as a path in one key,
 * `'gateway.directFunctions': true`, and as helm's `--set` has it, `['gateway.directFunctions=true']`.
 */
export function findForeignKeys(path: ConfigPath, value: unknown): readonly FoundForeignKey[] {
  return search(path, flagPath(path), value);
}

/** @param flag the path as rows have it: keys that are paths taken apart, list items as what they assign to */
function search(path: ConfigPath, flag: ConfigPath, value: unknown): FoundForeignKey[] {
  const below = path.length < deepest ? entriesOf(value) : [];
  const found = below.flatMap(([key, part]) => {
    const place = [...path, key];
    if (typeof key === 'string') return search(place, [...flag, ...key.split('.')], part);
    const [assigned, text] = /^([^=]+)=(.*)$/.exec(String(part))?.slice(1) ?? [];
    return assigned === undefined ? [] : search(place, [...flag, ...assigned.split('.')], text);
  });
  if (found.length > 0) return found;
  // A name with dots, such as that of a host, is one part of the path.
  const asFlag = rowOf(flag);
  const row = asFlag ?? findForeignKey(path);
  return row ? [{ ...row, path, key: String((asFlag ? flag : path).at(-1)), value }] : [];
}

/** By the flag's own path; below `set` or `values` by its path in the chart. */
function rowOf(flag: ConfigPath): ForeignKey | undefined {
  const [openfaas, wrapper, ...rest] = flag;
  const inner =
    openfaas === 'openfaas' && ['set', 'values', 'helm'].includes(String(wrapper)) && rest.length > 0
      ? findForeignKey([openfaas, ...rest])
      : undefined;
  return inner ?? findForeignKey(flag);
}

function flagPath(path: ConfigPath): ConfigPath {
  return path.flatMap((part): ConfigPath => (typeof part === 'string' ? part.split('.') : [part]));
}

function entriesOf(value: unknown): [string | number, unknown][] {
  if (Array.isArray(value)) return value.map((item, index) => [index, item]);
  return typeof value === 'object' && value !== null ? Object.entries(value) : [];
}
