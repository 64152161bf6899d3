import type { DnsLabel, Duration, ImageReference, MemoryQuantity, Size } from '../units.ts';
import type { CallbackUrl } from './callbacks.ts';
import type { DirectConfig } from './direct.ts';
import type { FunctionHttpConfig } from './http.ts';
import type { AnnotationKey, LabelKey, LabelValue } from './metadata.ts';
import type { CpuConfig, MemoryConfig, ReplicasConfig } from './resources.ts';
import type { CronExpression, ScheduleConfig } from './schedule.ts';
import type { TrafficConfig } from './traffic.ts';

/** One function. Its name is its key in `functions`. */
export interface FunctionConfig {
  /** The image to run. It serves HTTP on port 8080 and answers `/_/health`. */
  image: ImageReference;

  /**
   * The program to run instead of the image's own (its ENTRYPOINT), and words for it. No shell reads them, so
   * nothing in them is expanded. It must serve HTTP on port 8080 as the image would. Not for secrets.
   *
   * @minItems 1
   * @maxItems 64
   * @examples [["/usr/bin/fwatchdog"]]
   */
  command?: CommandWord[];

  /**
   * Words for the program, instead of the image's own (its CMD).
   *
   * @minItems 1
   * @maxItems 64
   * @examples [["--workers", "4"]]
   */
  args?: CommandWord[];

  /** Where its code is, for `faas-cli build` by `dist/stack.yaml`. Unset, it is not listed there as buildable. */
  source?: FunctionSourceConfig;

  /** How many copies run. */
  replicas?: ReplicasConfig;

  /**
   * How long one call may take. The gateway's and nginx's own timeouts follow from the longest of these.
   *
   * @default "30s"
   */
  timeout?: Duration;

  /** Memory that each copy is given. */
  memory?: MemoryConfig;

  /** Processor time that each copy is given. */
  cpu?: CpuConfig;

  /**
   * How much each copy may write to `/tmp` and its log. Beyond it, the copy is stopped and replaced.
   *
   * @default "1Gi"
   */
  disk?: MemoryQuantity;

  /**
   * Environment variables. Not for secrets: they end up in `dist/`. Each value is passed on as it is; nothing in it is
   * expanded.
   */
  env?: Record<EnvName, string>;

  /**
   * Names of Secrets in namespace `openfaas-fn`, mounted as files below `/var/openfaas/secrets`. You create them:
   * `kubectl -n openfaas-fn create secret generic NAME --from-file NAME=FILE`.
   *
   * @uniqueItems true
   */
  secrets?: DnsLabel[];

  /**
   * Whether the function's own files are read-only; `/tmp` stays writable.
   *
   * @default true
   */
  readOnlyRootFilesystem?: boolean;

  /**
   * The largest request body that this function takes.
   *
   * @default `gateway.maxBody`
   */
  maxBody?: Size;

  /**
   * Whether nginx opens `/async-function/<name>`, which answers 202 at once and calls the function from a queue
   * (needs `openfaas.async`). The queue takes bodies of at most 256,000 bytes, so nginx takes no larger ones there.
   *
   * @default false
   */
  async?: boolean;

  /**
   * Receivers that a caller of `/async-function/<name>` may name in `X-Callback-Url`: https addresses, and functions (as
   * `http://gateway.openfaas:8080/function/<name>`). All others get 400. Unset, the header is dropped.
   * @minItems 1
   * @uniqueItems true
   */
  callbacks?: (CallbackUrl | DnsLabel)[];

  /**
   * Whether callers outside the cluster can reach it, at `/function/<name>` and at what `http` and `async` add. With
   * `false`, only its `schedule` and functions that name it in `calls` or `http.auth` can call it. If one of these calls
   * it, and neither `http` nor `async` is set, you must set this.
   *
   * @default true
   */
  expose?: boolean;

  /** Domains, paths, authentication and other ways in which nginx offers it. */
  http?: FunctionHttpConfig;

  /**
   * Calls it by the clock: one schedule, or several.
   *
   * @minItems 1
   * @examples ["0 3 * * *", ["0 7 * * mon-fri", { "cron": "0 10 * * sat,sun", "timeZone": "Europe/Oslo" }]]
   */
  schedule?: CronExpression | ScheduleConfig | (CronExpression | ScheduleConfig)[];

  /**
   * Names of functions that it calls. Each one's address is in the variable `FUNCTION_<NAME>_URL` (`-` as `_`). If all
   * of them are `direct`, the network lets it reach them and no other function. If one is not, the network opens
   * OpenFaaS' gateway, which forwards it to any function that it names, whatever is declared here.
   *
   * @uniqueItems true
   * @examples [["resize-image"]]
   */
  calls?: DnsLabel[];

  /**
   * Whether nginx goes straight to the function's own Service, past the gateway: faster, and without the gateway's
   * metrics of calls. More copies then come by processor use instead of by calls.
   *
   * @default false
   */
  direct?: boolean | DirectConfig;

  /**
   * How many calls one copy takes at a time; more get 429. Unset, there is no limit. Only functions on of-watchdog obey
   * it.
   *
   * @asType integer
   * @minimum 1
   * @maximum 100000
   */
  concurrency?: number;

  /**
   * What Kubernetes asks on port 8080 to see whether a copy is up.
   *
   * @default "/_/health"
   */
  healthPath?: HealthPath;

  /**
   * How long a copy may take to stop before it is killed. Its callers leave it in the first 5 seconds (25 if it is
   * direct); after that it finishes its running calls.
   *
   * @default `timeout` and 15 seconds, or 35 if it is `direct`, at most `openfaas.stopWithin`
   */
  gracePeriod?: Duration;

  /**
   * Which functions give way when the nodes are full: `low` ones are stopped to make room for others, and others are
   * stopped to make room for `high` ones.
   *
   * @default "normal"
   */
  priority?: Priority;

  /**
   * How copies are spread over several nodes. `preferred`: where possible. `required`: always, even if a copy must wait
   * for a node. `off`: not at all.
   *
   * @default "preferred" with several nodes, "off" with one
   */
  spread?: 'preferred' | 'required' | 'off';

  /**
   * The number of the user that it runs as. Never root (0), which the namespace's Pod Security level refuses.
   *
   * @default 12000
   * @asType integer
   * @minimum 0
   * @maximum 2147483647
   */
  runAsUser?: number;

  /** The calls that it gets, which `fjord cost` and `fjord capacity` compute with. */
  traffic?: TrafficConfig;

  /** Labels on its Deployment, pods and Service. */
  labels?: Record<LabelKey, LabelValue>;

  /** Annotations on its Deployment, pods and Service; `topic` is what connectors listen for. */
  annotations?: Record<AnnotationKey, string>;
}

/** Whether a function goes before or after others when there is no room for all. */
export type Priority = 'low' | 'normal' | 'high';

/**
 * A path of the function.
 *
 * @title path
 * @maxLength 200
 * @pattern ^/[A-Za-z0-9._~/-]*$
 * @examples ["/_/health", "/healthz"]
 */
export type HealthPath = string;

/**
 * One word of a command.
 *
 * @title word of a command
 * @maxLength 1000
 * @examples ["--verbose"]
 */
export type CommandWord = string;

/** What `faas-cli build` needs. */
export interface FunctionSourceConfig {
  /**
   * The template, as `faas-cli template store list` names it.
   *
   * @title template name
   * @pattern ^[a-z0-9][a-z0-9._-]*$
   * @examples ["golang-middleware", "node22"]
   */
  template: string;

  /**
   * The folder with the handler, relative to `dist/stack.yaml`'s parent.
   *
   * @title relative folder
   * @pattern ^\./[A-Za-z0-9_][A-Za-z0-9._/-]*$
   * @examples ["./functions/pay"]
   */
  handler: string;
}

/**
 * The name of an environment variable.
 *
 * @title environment variable's name
 * @maxLength 253
 * @pattern ^[A-Za-z_][A-Za-z0-9_]*$
 * @examples ["LOG_LEVEL"]
 */
export type EnvName = string;
