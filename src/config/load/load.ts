import { extname, resolve } from 'node:path';
import type { Diagnostic, Outcome } from '../../diagnostics/diagnostic.ts';
import { report } from '../../diagnostics/report.ts';
import type { LoadedConfig } from '../locate/loaded-config.ts';
import { place } from '../locate/place.ts';
import { lineLocation, sourceLines } from '../locate/source-lines.ts';
import { rememberBuiltIns } from './built-ins.ts';
import type { Cache } from './cache.ts';
import { evaluate } from './evaluate.ts';
import { explainFailure } from './explain-failure.ts';
import { parseJson } from './parse-json.ts';
import { plainData } from './plain-data.ts';
import { readManifests } from './read-manifests.ts';
import { configExtensions, readSource } from './read-source.ts';

/** How a config is loaded. */
export interface LoadOptions {
  /** How the command takes the file's name, for the hint when there is no such file. @default by `--config` */
  readonly how?: string | undefined;
  /** Keeps the config as JavaScript. @default nothing is kept */
  readonly cache?: Cache | undefined;
}

/**
 * Reads and evaluates a config file: TypeScript, JavaScript or JSON, and the files of manifests that it names. Whatever
 * is wrong with them becomes diagnostics, with their places. The file is code and runs with the rights of the user who compiles it.
 */
export async function load(file: string, { how, cache }: LoadOptions = {}): Promise<Outcome<LoadedConfig>> {
  const absolute = resolve(file);
  const extension = extname(absolute);
  const [source, unread] = await readSource(absolute, file, how);
  if (source === undefined) return [undefined, unread];
  if (!configExtensions.includes(extension)) {
    return [undefined, [report('load/unknown-format', [], { file, known: configExtensions })]];
  }
  const [loaded, problems] = await loadSource(absolute, source, cache);
  return loaded === undefined ? [undefined, problems] : readManifests(loaded);
}

/**
 * Does the same with a source that is already read.
 *
 * @param file absolute path that it has, or would have: relative imports start there, and its extension counts
 */
export async function loadSource(
  file: string,
  source: string,
  cache?: Cache,
): Promise<Outcome<LoadedConfig>> {
  const [exported, failures] =
    extname(file) === '.json' ? parseJson(file, source) : await evaluateDefault(file, source, cache);
  if (failures.length > 0) return [undefined, failures];
  const [value, problems] = plainData(exported);
  const loaded = { file, source, value };
  return problems.length > 0 ? [undefined, place(loaded, problems)] : [loaded, []];
}

/** A config that changes built-in objects is not compiled, whatever it exports, because Fjord uses them too. */
async function evaluateDefault(
  file: string,
  source: string,
  cache: Cache | undefined,
): Promise<Outcome<unknown>> {
  const restore = rememberBuiltIns();
  const evaluated = await evaluate(file, source, cache).then(
    (exports) => ({ exports }),
    (error: unknown) => ({ error }),
  );
  // Before anything else: even inspecting an error needs them.
  const [changed] = restore();
  if (changed !== undefined) return [undefined, [changedBuiltIn(changed, file, source)]];
  if ('error' in evaluated) return [undefined, [explainFailure(evaluated.error, file, source)]];

  const { hasDefault, value, names } = evaluated.exports;
  const nowhere = { file, source, value: undefined };
  if (!hasDefault) {
    return [undefined, place(nowhere, [report('load/no-default-export', [], { exports: names })])];
  }
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
  if (!isObject || value instanceof Promise) {
    return [undefined, place(nowhere, [report('load/not-an-object', [], { value })])];
  }
  return [value, []];
}

function changedBuiltIn(name: string, file: string, source: string): Diagnostic {
  const owner = name.replace(/\[Symbol.*$|\.[^.]*$/, '');
  const line = sourceLines(source).findIndex((text) => text.includes(owner)) + 1;
  return {
    ...report('load/changes-built-in', [], { name }),
    location: lineLocation(file, source, Math.max(1, line), line > 0),
  };
}
