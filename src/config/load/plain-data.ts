import { formatPath } from '../../diagnostics/config-path.ts';
import type { ConfigPath, Diagnostic, Outcome } from '../../diagnostics/diagnostic.ts';
import { report } from '../../diagnostics/report.ts';
import { describeThrown } from './thrown.ts';

const maxDepth = 64;
/** Ten times what the largest platform has. */
const maxValues = 20_000;
/** In UTF-16 units. A node's whole user-data is smaller with every provider. */
const maxLength = 65_536;
/** Enough to see what is wrong; a list of a thousand functions is one mistake. */
const maxProblems = 20;

/**
 * A frozen copy of a value that is nothing but data: strings, numbers, booleans, null, lists and plain objects.
 * Every property is read exactly once, so a getter cannot return two values; `undefined` means that the key is absent.
 * Anything else (functions, dates, instances of classes, circles) is a diagnostic at its path.
 */
export function plainData(value: unknown): Outcome<unknown> {
  const copier: Copier = { diagnostics: [], parents: new Map(), count: 0 };
  const copied = copyRoot(copier, value);
  return copier.diagnostics.length > 0 ? [undefined, copier.diagnostics] : [copied, []];
}

interface Copier {
  readonly diagnostics: Diagnostic[];
  /** The objects that the current one lies in, and where they are. */
  readonly parents: Map<object, ConfigPath>;
  count: number;
}

function copyRoot(copier: Copier, value: unknown): unknown {
  try {
    return copy(copier, value, []);
  } catch (error) {
    // Looking at a proxy runs the user's code.
    return refuse(copier, report('load/throws', [], { problem: describeThrown(error) }));
  }
}

function copy(copier: Copier, value: unknown, path: ConfigPath): unknown {
  if (copier.diagnostics.length >= maxProblems || copier.count > maxValues) return undefined;
  copier.count += Array.isArray(value) ? Math.max(1, value.length) : 1;
  if (copier.count > maxValues) return refuse(copier, report('load/too-large', [], { limit: maxValues }));
  if (typeof value !== 'object' || value === null) {
    if (typeof value === 'string' && value.length > maxLength) {
      return refuse(copier, report('load/too-long', path, { value, limit: maxLength }));
    }
    const what = scalarProblem(value);
    return what === undefined ? value : refuse(copier, report('load/not-data', path, { what }));
  }
  const outer = copier.parents.get(value);
  if (outer) {
    const to = outer.length === 0 ? 'the config as a whole' : formatPath(outer);
    return refuse(copier, report('load/circular', path, { to }));
  }
  if (path.length >= maxDepth) return refuse(copier, report('load/too-deep', path, { limit: maxDepth }));
  const what = objectProblem(value);
  if (what !== undefined) return refuse(copier, report('load/not-data', path, { what }));
  copier.parents.set(value, path);
  const copied = Array.isArray(value) ? copyList(copier, value, path) : copyRecord(copier, value, path);
  copier.parents.delete(value);
  return Object.freeze(copied);
}

function copyList(copier: Copier, list: readonly unknown[], path: ConfigPath): unknown[] {
  const copied: unknown[] = [];
  for (let index = 0; index < list.length; index++) {
    const item = read(copier, list, index, [...path, index]);
    copied.push(copy(copier, item, [...path, index]));
  }
  return copied;
}

function copyRecord(copier: Copier, record: object, path: ConfigPath): object {
  const copied = {};
  for (const key of Reflect.ownKeys(record)) {
    if (!Object.prototype.propertyIsEnumerable.call(record, key)) continue;
    if (typeof key === 'symbol') {
      refuse(copier, report('load/not-data', path, { what: 'an object with a symbol for a key' }));
      continue;
    }
    if (key.length > maxLength) {
      refuse(copier, report('load/too-long', path, { value: key, limit: maxLength }));
      continue;
    }
    const value = read(copier, record, key, [...path, key]);
    if (value === undefined) continue;
    // Not an assignment: that would take a key `__proto__` for the prototype.
    Object.defineProperty(copied, key, {
      value: copy(copier, value, [...path, key]),
      enumerable: true,
    });
  }
  return copied;
}

/** One property, read once. A getter is the user's code and may throw; then null replaces its value. */
function read(copier: Copier, object: object, key: string | number, path: ConfigPath): unknown {
  try {
    return Reflect.get(object, key);
  } catch (error) {
    refuse(copier, report('load/throws', path, { problem: describeThrown(error) }));
    return null;
  }
}

function refuse(copier: Copier, diagnostic: Diagnostic): undefined {
  copier.diagnostics.push(diagnostic);
  return undefined;
}

function scalarProblem(value: unknown): string | undefined {
  switch (typeof value) {
    case 'function':
      return 'a function';
    case 'symbol':
      return 'a symbol';
    case 'bigint':
      return 'a bigint';
    case 'undefined':
      return 'undefined';
    default:
      return undefined;
  }
}

function objectProblem(value: object): string | undefined {
  if (Array.isArray(value)) return undefined;
  if (value instanceof Promise) return 'a promise (write await before it)';
  if (value instanceof Date) return 'a date (write it as a string)';
  const prototype: unknown = Object.getPrototypeOf(value);
  // A plain object's prototype is null, or the one that ends every chain (of this realm or of another).
  if (prototype === null || Object.getPrototypeOf(prototype) === null) return undefined;
  const made: unknown = Reflect.get(value, 'constructor');
  return typeof made === 'function' && made.name !== '' && made !== Object
    ? `an instance of ${made.name}`
    : 'an object with a prototype of its own';
}
