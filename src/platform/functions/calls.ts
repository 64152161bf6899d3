import type { PlatformConfig } from '../../config/platform-config.ts';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { report } from '../../diagnostics/report.ts';
import { nearest } from '../../diagnostics/suggest.ts';
import { ports } from '../openfaas/ports.ts';
import { sortedEntries } from '../sorted-entries.ts';

/** The variable that holds the address of a function: `FUNCTION_RESIZE_IMAGE_URL`. */
export function callVariable(callee: string): string {
  return `FUNCTION_${callee.toUpperCase().replaceAll('-', '_')}_URL`;
}

/** The address of each called function inside the cluster, by variable: through the gateway, or its own if `direct`. */
export function resolveCalls(calls: readonly string[], config: PlatformConfig): Record<string, string> {
  return Object.fromEntries(
    calls.map((callee) => {
      const address = config.functions[callee]?.direct
        ? `http://${callee}.openfaas-fn.svc.cluster.local:${ports.function}`
        : `http://gateway.openfaas.svc.cluster.local:${ports.gateway}/function/${callee}`;
      return [callVariable(callee), address];
    }),
  );
}

/** Reports calls of functions that do not exist. Circles are fine. */
export function diagnoseCalls(name: string, calls: readonly string[], config: PlatformConfig): Diagnostic[] {
  return calls.flatMap((callee, index) => {
    if (Object.hasOwn(config.functions, callee)) return [];
    const params = { name, callee, suggestion: nearest(callee, Object.keys(config.functions)) };
    return [report('resolve/call-unknown', ['functions', name, 'calls', index], params)];
  });
}

/**
 * Calls through the community edition's gateway, at the first function that has some: once for all, because each leads to
 * the same gateway, which forwards every caller to any function.
 */
export function diagnoseForwarding({ functions }: PlatformConfig): Diagnostic[] {
  const forwarded = sortedEntries(functions)
    .map(([name, { calls = [] }]) => {
      const callees = calls.filter(
        (callee) => Object.hasOwn(functions, callee) && !functions[callee]?.direct,
      );
      return { name, callees };
    })
    .filter(({ callees }) => callees.length > 0);
  const [first] = forwarded;
  if (first === undefined) return [];
  const params = {
    name: first.name,
    others: forwarded.length - 1,
    callees: [...new Set(forwarded.flatMap(({ callees }) => callees))].sort(),
  };
  return [report('resolve/calls-forwarded', ['functions', first.name, 'calls'], params, { at: 'key' })];
}
