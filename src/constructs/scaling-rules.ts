import type { PlatformFunction } from '../platform/platform-function.ts';

/** Whether the gateway changes how many copies run. Then no manifest states the number, or each apply would undo it. */
export function isScaled(fn: PlatformFunction): boolean {
  return fn.replicas.max > fn.replicas.min;
}

/** Calls a second of one function, answered 200, above which it gets another replica. The runtime's own figure. */
const callsPerSecond = 5;

interface AlertRule {
  readonly alert: string;
  readonly expr: string;
  readonly for: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
}

const labels = { service: 'gateway', severity: 'major' };

/**
 * The alerts that make the gateway scale: it adds a replica to the function named by `function_name` while one fires,
 * and goes back to the function's minimum when it ends. So a function below its minimum is brought up by an alert too.
 */
export function scalingRules(functions: readonly PlatformFunction[], namespace: string): AlertRule[] {
  const scaled = functions.filter(isScaled);
  if (scaled.length === 0) return [];
  const names = scaled.map((fn) => `${fn.name}.${namespace}`).join('|');
  return [
    {
      alert: 'APIHighInvocationRate',
      expr: `sum(rate(gateway_function_invocation_total{code="200",function_name=~"${names}"}[10s])) by (function_name) > ${callsPerSecond}`,
      for: '5s',
      labels,
      annotations: { summary: 'Many calls of {{ $labels.function_name }}' },
    },
    ...scaled
      .filter((fn) => fn.replicas.min > 1)
      .map((fn) => ({
        alert: 'FunctionBelowMinimum',
        expr: `gateway_service_count{function_name="${fn.name}.${namespace}"} < ${fn.replicas.min}`,
        for: '5s',
        labels,
        annotations: { summary: '{{ $labels.function_name }} has fewer replicas than its minimum' },
      })),
  ];
}
