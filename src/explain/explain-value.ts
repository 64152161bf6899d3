import { createRequire } from 'node:module';
import type { SchemaNode } from '../config/check/schema-node.ts';
import type { LoadedConfig } from '../config/locate/loaded-config.ts';
import { locate } from '../config/locate/locate.ts';
import { formatPath } from '../diagnostics/config-path.ts';
import type { ConfigPath, SourceLocation } from '../diagnostics/diagnostic.ts';
import type { Platform } from '../platform/platform.ts';
import { leavesOf, namedLeaves, valueAt, withValue } from './config-values.ts';
import { otherValues } from './other-values.ts';
import { changedLines, changedValues, type Line, platformOf } from './platform-changes.ts';
import { type SchemaAt, schemaAt } from './schema-at.ts';

const root: SchemaNode = createRequire(import.meta.url)('../../schemas/platform.schema.json');

/** The explanation of a config value: where it is from, and what it changes. */
export interface ValueExplanation {
  readonly path: ConfigPath;
  /** Its description in the schema. */
  readonly description: string | undefined;
  /** Undefined if it is not set. */
  readonly written: { readonly value: unknown; readonly location: SourceLocation } | undefined;
  /** The default: a value, or words if it is derived. Undefined if there is none. */
  readonly preset: unknown;
  /** The values that it decides in the resolved platform. */
  readonly resolved: readonly { readonly name: string; readonly value: unknown }[];
  /** Other keys that are set and decide some of the same values. */
  readonly others: readonly ConfigPath[];
  /** Lines that change with another value, by artifact. */
  readonly reach: ReadonlyMap<string, readonly Line[]>;
  /** The keys that it can have, and their descriptions in the schema; none for a plain value. */
  readonly keys: readonly (readonly [key: string, description: string | undefined])[];
  /** The other values that were tried; empty if there are none to try. */
  readonly tried: readonly unknown[];
}

/** The number of other values to try for one place. */
const tries = 2;

/**
 * Explains a value by experiment: it compiles the platform with other values and compares the results. So everything
 * reported is true, but an effect that only an untried value has is not found.
 *
 * @param loaded a config that resolves without errors
 * @returns the keys that exist instead, if the path does not
 */
export function explainValue(
  loaded: LoadedConfig,
  path: ConfigPath,
): ValueExplanation | Exclude<ReturnType<typeof schemaAt>, SchemaAt> {
  const at = schemaAt(root, path, loaded.value);
  if (!('branches' in at)) return at;
  const base = platformOf(loaded.value);
  if (base === undefined) throw new Error('the config does not compile');

  const value = valueAt(loaded.value, path);
  const isGroup = typeof value === 'object' && value !== null;
  const own = isGroup ? leavesOf(value, path).map((leaf) => leaf.path) : [path];
  const parts = own.flatMap((place) => trialsOf(loaded.value, place, base));
  const trials = isGroup && parts.length === 0 ? withoutGroup(loaded.value, path, base) : parts;
  const decided = union(trials.map(({ platform }) => changedValues(base, platform)));
  const values = namedLeaves(base);
  const shown = isGroup ? trials.slice(0, 40) : trials;
  return {
    path,
    description: at.node.description ?? at.branches[0]?.description,
    written: value === undefined ? undefined : { value, location: locate(loaded, path, 'value') },
    preset: at.node.default,
    resolved: [...decided]
      .filter((name) => values.has(name))
      .map((name) => ({ name, value: values.get(name) })),
    others: othersOf(loaded.value, own, base, decided),
    reach: mergeLines(shown.map(({ platform }) => changedLines(base, platform))),
    keys: at.branches.flatMap(({ properties = {} }) =>
      Object.entries(properties).map(([key, { description }]) => [key, description] as const),
    ),
    tried: isGroup ? [] : trials.map((trial) => trial.value),
  };
}

interface Trial {
  readonly value: unknown;
  readonly platform: Platform;
}

/** A few platforms that differ only in the value at a place. */
function trialsOf(config: unknown, path: ConfigPath, base: Platform, wanted = tries): Trial[] {
  const at = schemaAt(root, path);
  if (!('branches' in at)) return [];
  const trials: Trial[] = [];
  for (const value of otherValues(at.branches, valueAt(config, path), at.node.default)) {
    const platform = platformOf(withValue(config, path, value));
    if (platform === undefined || changedValues(base, platform).size === 0) continue;
    trials.push({ value, platform });
    if (trials.length === wanted) break;
  }
  return trials;
}

/** Objects in a form of their own, such as those of Kubernetes, have no other values to try, but can be left out. */
function withoutGroup(config: unknown, path: ConfigPath, base: Platform): Trial[] {
  const platform = platformOf(withValue(config, path, undefined));
  return platform === undefined
    ? []
    : [{ value: undefined, platform }].filter(() => changedValues(base, platform).size > 0);
}

/** Finds other keys that are set and change some of the same values. */
function othersOf(
  config: unknown,
  own: readonly ConfigPath[],
  base: Platform,
  decided: ReadonlySet<string>,
): ConfigPath[] {
  const mine = new Set(own.map(formatPath));
  return leavesOf(config)
    .map(({ path }) => path)
    .filter((path) => !mine.has(formatPath(path)))
    .filter((path) =>
      trialsOf(config, path, base).some(({ platform }) =>
        [...changedValues(base, platform)].some((name) => decided.has(name)),
      ),
    );
}

function union(sets: readonly ReadonlySet<string>[]): Set<string> {
  return new Set(sets.flatMap((set) => [...set]));
}

function mergeLines(changes: readonly ReadonlyMap<string, readonly Line[]>[]): Map<string, Line[]> {
  const merged = new Map<string, Map<number, Line>>();
  for (const [path, lines] of changes.flatMap((change) => [...change])) {
    const known = merged.get(path) ?? new Map<number, Line>();
    for (const line of lines) known.set(line.number, line);
    merged.set(path, known);
  }
  return new Map(
    [...merged].map(([path, lines]) => [path, [...lines.values()].sort((a, b) => a.number - b.number)]),
  );
}
