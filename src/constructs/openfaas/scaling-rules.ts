import type { PlatformFunction } from '../../platform/functions/function.ts';

/**
 * Whether how many copies run is changed while the function runs: by the gateway, on alerts, or by an autoscaler of
 * its own if the function is direct.
 *
 * The Deployment of such a function does not state `replicas`. An apply, by hand, by K3s or by a GitOps tool, changes
 * what the manifest states and leaves the rest alone, so it never undoes a scaling. Kubernetes starts a new Deployment
 * with one copy; `FunctionAutoscaler` brings it to its minimum and keeps it there.
 */
export function isScaled(fn: PlatformFunction): boolean {
  return fn.replicas.max > fn.replicas.min;
}

interface AlertRule {
  readonly alert: string;
  readonly expr: string;
  readonly for: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
}

const labels = { service: 'gateway', severity: 'major' };

/**
 * The alerts that make the gateway scale. While one fires, each of Alertmanager's notifications adds copies to the
 * function that the label `function_name` names, up to its maximum; when it ends, the function goes back to its
 * minimum.
 */
export function scalingRules(functions: readonly PlatformFunction[], namespace: string): AlertRule[] {
  const scaled = functions.filter((fn) => isScaled(fn) && !fn.direct);
  const rates = [...new Set(scaled.map(({ replicas }) => replicas.rate))].sort((a, b) => a - b);
  return rates.map((rate) => {
    const named = match(
      scaled.filter(({ replicas }) => replicas.rate === rate),
      namespace,
    );
    return {
      alert: 'APIHighInvocationRate',
      expr: `sum(rate(gateway_function_invocation_total{code="200",${named}}[10s])) by (function_name) > ${rate}`,
      for: '5s',
      labels,
      annotations: { summary: 'Many calls of {{ $labels.function_name }}' },
    };
  });
}

/** Gateways name a function with its namespace or without, by version and metric; either names one function here. */
function match(functions: readonly PlatformFunction[], namespace: string): string {
  const names = functions.map(({ name }) => name);
  const either = names.length === 1 ? names.join() : `(${names.join('|')})`;
  return `function_name=~"${either}([.]${namespace})?"`;
}
