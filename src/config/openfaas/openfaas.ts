import type { Network } from '../gateway/units.ts';
import type { Duration, ImageReference, Ipv4Address } from '../units.ts';

/** The images of the community edition's parts. In pro, the chart's version pins its own. */
export interface OpenFaasImagesConfig {
  /** @default "ghcr.io/openfaas/gateway:0.27.13" */
  gateway?: ImageReference;
  /** The provider, `faas-netes`. @default "ghcr.io/openfaas/faas-netes:0.18.17" */
  provider?: ImageReference;
  /** @default "ghcr.io/openfaas/queue-worker:0.14.2" */
  queueWorker?: ImageReference;
  /** @default "docker.io/library/nats-streaming:0.25.6" */
  nats?: ImageReference;
  /** @default "docker.io/prom/prometheus:v3.11.3" */
  prometheus?: ImageReference;
  /** @default "docker.io/prom/alertmanager:v0.32.1" */
  alertmanager?: ImageReference;
  /** The program that calls functions on their `schedule`. It also waits for what the gateway and the queue worker need before they start. @default "docker.io/curlimages/curl:8.16.0" */
  curl?: ImageReference;
}

/** The functions runtime. */
export interface OpenFaasConfig {
  /**
   * Which OpenFaaS. `community` is free within its licence: personal use, or one commercial installation per company
   * for at most 60 days. `pro` (Standard or for Enterprises) needs a bought licence, which you put into the cluster
   * as the Secret `openfaas-license`:
   * `kubectl -n openfaas create secret generic openfaas-license --from-file license=FILE`.
   *
   * @default "community"
   */
  edition?: 'community' | 'pro';

  /**
   * How OpenFaaS itself is installed. `native`: manifests of this compiler, locked down; only for the community
   * edition. `helm`: K3s installs OpenFaaS' own chart, version 15.0.6, with safe values.
   *
   * @default "native" for the community edition, "helm" for pro
   */
  install?: 'native' | 'helm';

  /**
   * Which part of the community licence you use it under. Unset, each compile warns with the terms.
   */
  licence?: 'personal' | 'commercial-60-days';

  /**
   * The community edition asks Amazon's checkip.amazonaws.com for its own public address at each start, and does not
   * start without an answer. `accepted` allows it. Unset, the compiler mentions it, and warns if `sovereignty` is set.
   */
  startCheck?: 'accepted';

  /**
   * Who makes the Secret `basic-auth` with the admin's password, which no file in `dist/` holds. `node`: a server
   * makes a random one at first boot if there is none. `operator`: you make it, and OpenFaaS waits for it:
   * `kubectl -n openfaas create secret generic basic-auth --from-literal basic-auth-user=admin --from-file
   * basic-auth-password=FILE`.
   *
   * @default "node"
   */
  adminSecret?: 'node' | 'operator';

  /**
   * The gateway's fixed address inside the cluster, which nginx forwards to. It must lie in the part of
   * `k3s.serviceCidr` that Kubernetes leaves for fixed addresses.
   *
   * @default the 80th address of `k3s.serviceCidr`: 10.43.0.80
   */
  address?: Ipv4Address;

  /**
   * Whether functions can be called through `/async-function/` from inside the cluster, which needs NATS and a
   * queue worker.
   *
   * @default true if a function has `async`, `schedule` or `calls`, else false: nobody could use it
   */
  async?: boolean;

  /**
   * The networks of the hosts in `callbacks` of functions, to which the queue worker may then connect, and to no others. Needed
   * for hosts with private addresses. Unset, it reaches the internet, without private addresses. Only with `install: 'native'`.
   *
   * @minItems 1
   * @uniqueItems true
   */
  callbackNetworks?: Network[];

  /**
   * Whether functions with `replicas.max` above `replicas.min` get more replicas under load, which needs
   * Alertmanager.
   *
   * @default true
   */
  autoscaling?: boolean;

  /**
   * How long the gateway waits for a function. Must be at least the longest function's `timeout`, which it is
   * derived from when unset.
   */
  upstreamTimeout?: Duration;

  /**
   * How long nginx, OpenFaaS' gateway and each copy of a function wait at most for running calls when they stop. So a
   * restart, a new version or a reboot takes at most this long, and longer calls are cut off. At least `1m`. A function's
   * own `gracePeriod` has precedence.
   *
   * @default "20m"
   */
  stopWithin?: Duration;

  /** Images, to pin digests or to use a mirror. */
  images?: OpenFaasImagesConfig;
}
