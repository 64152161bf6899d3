import type { PlatformConfig } from '../../config/platform-config.ts';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { report } from '../../diagnostics/report.ts';
import { nearest } from '../../diagnostics/suggest.ts';
import { ports } from '../openfaas/ports.ts';

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
export function checkCalls(name: string, calls: readonly string[], config: PlatformConfig): Diagnostic[] {
  const names = Object.keys(config.functions);
  return calls.flatMap((callee, index) => {
    if (names.includes(callee)) return [];
    const params = { name, callee, suggestion: nearest(callee, names) };
    return [report('resolve/call-unknown', ['functions', name, 'calls', index], params)];
  });
}
