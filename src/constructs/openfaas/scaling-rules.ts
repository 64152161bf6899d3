import type { PlatformFunction } from '../../platform/functions/function.ts';

/**
 * True if something changes the function's number of copies at run time: the gateway, on alerts, or its own
 * autoscaler if it is direct.
 *
 * The Deployment of such a function does not set `replicas`. An apply, by hand, by K3s or by a GitOps tool, changes
 * only the fields that the manifest sets, so it never undoes scaling. Kubernetes starts a new Deployment with one
 * copy; `FunctionAutoscaler` raises that to the minimum and keeps it there.
 */
export function isScaled(fn: PlatformFunction): boolean {
  return fn.replicas.max > fn.replicas.min;
}

interface AlertRule {
  readonly alert: string;
  readonly expr: string;
  readonly for: string;
  readonly keep_firing_for: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
}

const labels = { service: 'gateway', severity: 'major' };

/**
 * The rates are of half a minute: of the five seconds between two readings of the gateway, ten hold one reading or two, and
 * of one there is no rate, so that the alert would end every now and then. Once the rate is low the alert stays for five
 * minutes, as long as Kubernetes' own autoscaler waits, so that a load that comes and goes does not start and stop copies.
 *
 * The alerts that make the gateway scale. While one fires, each notification from Alertmanager adds copies of the
 * function in the label `function_name`, up to its maximum. When it ends, the function goes back to its minimum.
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
      expr: `sum(rate(gateway_function_invocation_total{code="200",${named}}[30s])) by (function_name) > ${rate}`,
      for: '5s',
      keep_firing_for: '5m',
      labels,
      annotations: { summary: 'Many calls of {{ $labels.function_name }}' },
    };
  });
}

/** Matches a function's name with and without its namespace: which one the gateway uses depends on version and metric. */
function match(functions: readonly PlatformFunction[], namespace: string): string {
  const names = functions.map(({ name }) => name);
  const either = names.length === 1 ? names.join() : `(${names.join('|')})`;
  return `function_name=~"${either}([.]${namespace})?"`;
}
