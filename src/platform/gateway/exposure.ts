import type { FunctionConfig } from '../../config/functions/function.ts';
import type { PlatformConfig } from '../../config/platform-config.ts';
import type { ConfigPath, Diagnostic } from '../../diagnostics/diagnostic.ts';
import { report } from '../../diagnostics/report.ts';
import { sortedEntries } from '../sorted-entries.ts';

/** Reports functions that must set `expose` and do not, and functions with settings that contradict it. */
export function diagnoseExposure(config: PlatformConfig): Diagnostic[] {
  return sortedEntries(config.functions).flatMap(([name, written]) => {
    const path = ['functions', name];
    const callers = callersOf(name, config);
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

/** Who calls a function without coming from outside. A function that calls itself does not count. */
function callersOf(name: string, { functions }: PlatformConfig): string[] {
  return [
    ...(functions[name]?.schedule === undefined ? [] : ['its schedule']),
    ...sortedEntries(functions)
      .filter(
        ([other, { calls = [], callbacks = [], http }]) =>
          other !== name && [...calls, ...callbacks, http?.auth?.function].includes(name),
      )
      .map(([other]) => `'${other}'`),
  ];
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
