/** What a container asks Kubernetes to keep free for it, as Kubernetes writes it. */
export interface Request {
  readonly cpu: string;
  readonly memory: string;
}

/**
 * What the containers of OpenFaaS ask for: the figures of its chart, 15.0.6, but for two. Measured on 28 November 2026 by
 * test/cluster/memory.cluster.ts, resident at rest in the first hour: Alertmanager 0.32.1 31 MiB, for which the chart asks
 * 25Mi; Prometheus 3.11.3 64 MiB, for which it asks 512Mi, as for many more sources than our one; NATS Streaming 0.25.6 17
 * MiB with an empty queue.
 */
export const partRequests = {
  gateway: { cpu: '100m', memory: '120Mi' },
  provider: { cpu: '100m', memory: '120Mi' },
  prometheus: { cpu: '100m', memory: '256Mi' },
  alertmanager: { cpu: '50m', memory: '40Mi' },
  nats: { cpu: '100m', memory: '120Mi' },
  queueWorker: { cpu: '50m', memory: '120Mi' },
} as const satisfies Readonly<Record<string, Request>>;

/**
 * One of the four pods of OpenFaaS Pro beside its gateway and Prometheus. Its chart with the values of its own
 * `values-pro.yaml` asks for 1,968 MiB and 950m with three gateways; what is left of that is counted in equal parts.
 */
export const proPart: Request = { cpu: '63m', memory: '184Mi' };
