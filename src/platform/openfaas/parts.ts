/** What a container asks Kubernetes to keep free for it, as Kubernetes writes it. */
export interface Request {
  readonly cpu: string;
  readonly memory: string;
}

/** What the containers of OpenFaaS ask for. Our own manifests keep the figures of its chart, 15.0.6. */
export const partRequests = {
  gateway: { cpu: '100m', memory: '120Mi' },
  provider: { cpu: '100m', memory: '120Mi' },
  prometheus: { cpu: '100m', memory: '512Mi' },
  alertmanager: { cpu: '50m', memory: '25Mi' },
  nats: { cpu: '100m', memory: '120Mi' },
  queueWorker: { cpu: '50m', memory: '120Mi' },
} as const satisfies Readonly<Record<string, Request>>;

/**
 * One of the four pods of OpenFaaS Pro beside its gateway and Prometheus. Its chart with the values of its own
 * `values-pro.yaml` asks for 1,968 MiB and 950m with three gateways; what is left of that is counted in equal parts.
 */
export const proPart: Request = { cpu: '63m', memory: '184Mi' };
