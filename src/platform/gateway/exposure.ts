import type { FunctionConfig } from '../../config/functions/function.ts';
import type { PlatformConfig } from '../../config/platform-config.ts';
import type { ConfigPath, Diagnostic } from '../../diagnostics/diagnostic.ts';
import { report } from '../../diagnostics/report.ts';
import { sortedEntries } from '../sorted-entries.ts';

/** Reports functions that must set `expose` and do not, and functions with settings that contradict it. */
export function diagnoseExposure(config: PlatformConfig): Diagnostic[] {
  const allCallers = callersIn(config);
  return sortedEntries(config.functions).flatMap(([name, written]) => {
    const path = ['functions', name];
    const callers = allCallers.get(name) ?? [];
    switch (written.expose) {
      case undefined:
        return callers.length === 0 || isOffered(written)
          ? []
          : [report('resolve/exposure-unsaid', path, { name, callers }, { at: 'key' })];
      case false:
        return [...diagnoseClosed(name, written, path), ...diagnoseUncalled(name, written, callers, path)];
      default:
        return [];
    }
  });
}

/** Who calls each function without coming from outside. A function that calls itself does not count. */
function callersIn({ functions }: PlatformConfig): ReadonlyMap<string, readonly string[]> {
  const callers = new Map<string, string[]>();
  const add = (name: string, caller: string) => callers.set(name, [...(callers.get(name) ?? []), caller]);
  const entries = sortedEntries(functions);
  for (const [name, { schedule }] of entries) if (schedule !== undefined) add(name, 'its schedule');
  for (const [caller, { calls = [], callbacks = [], http }] of entries) {
    const called = new Set([...calls, ...callbacks, http?.auth?.function]);
    for (const name of called) if (name !== undefined && name !== caller) add(name, `'${caller}'`);
  }
  return callers;
}

/** True if another setting shows that a function is for callers from outside. */
function isOffered({ http = {}, async }: FunctionConfig): boolean {
  return async === true || Object.keys(http).length > 0;
}

function diagnoseClosed(
  name: string,
  { http = {}, async, maxBody }: FunctionConfig,
  path: ConfigPath,
): Diagnostic[] {
  const unused = [
    ...Object.keys(http).map((key) => ['http', key]),
    ...(async === true ? [['async']] : []),
    ...(maxBody === undefined ? [] : [['maxBody']]),
  ];
  return unused.map((keys) =>
    report('resolve/closed-and-offered', [...path, ...keys], { name, key: keys.join('.') }, { at: 'key' }),
  );
}

/** Connectors, which OpenFaaS has besides, call those with a topic. */
function diagnoseUncalled(
  name: string,
  { annotations = {} }: FunctionConfig,
  callers: readonly string[],
  path: ConfigPath,
): Diagnostic[] {
  if (callers.length > 0 || Object.hasOwn(annotations, 'topic')) return [];
  return [report('resolve/nobody-calls', [...path, 'expose'], { name })];
}
