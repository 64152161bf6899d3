import type { ConfigPath, Diagnostic } from '../../diagnostics/diagnostic.ts';
import { report } from '../../diagnostics/report.ts';

/** Entries of one list or record. Where fewer make sense, the schema says so. */
const mostEntries = 1000;

/**
 * Names of all functions together that nginx answers to besides its own: each domain is a server with its certificate, each path
 * two locations. With a few hundred of them, the conf is larger than any provider's user-data.
 */
const mostNames = 300;

/**
 * Reports lists and records with more entries than can be compiled. It checks nothing else, so it is fast where all
 * other checks would take minutes.
 */
export function checkCounts(data: unknown): readonly Diagnostic[] {
  const found = tooManyEntries(data, []);
  return found.length > 0 ? found : tooManyNames(data);
}

function tooManyEntries(value: unknown, path: ConfigPath): Diagnostic[] {
  if (typeof value !== 'object' || value === null) return [];
  const isList = Array.isArray(value);
  const entries: [string | number, unknown][] = isList ? [...value.entries()] : Object.entries(value);
  if (entries.length > mostEntries) {
    const params = { count: entries.length, limit: mostEntries, of: isList ? 'items' : 'keys' } as const;
    return [report('check/too-many', path, params, { at: 'key' })];
  }
  return entries.flatMap(([key, part]) => tooManyEntries(part, [...path, key]));
}

function tooManyNames(data: unknown): Diagnostic[] {
  const functions = Object.values(Object(Object(data).functions)).map((one) => Object(Object(one).http));
  const count = functions
    .flatMap((http): unknown[] => [http.domains, http.paths])
    .reduce<number>((sum, list) => sum + (Array.isArray(list) ? list.length : 0), 0);
  return count > mostNames
    ? [report('check/too-many-names', ['functions'], { count, limit: mostNames }, { at: 'key' })]
    : [];
}
