import type { CpuQuantity, DnsLabel, Duration, ImageReference, MemoryQuantity, Size } from './units.ts';

/** One function. Its name is its key in `functions`. */
export interface FunctionConfig {
  /** The image to run. It serves HTTP on port 8080 and answers `/_/health`. */
  image: ImageReference;

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

  /** Environment variables. Not for secrets: they end up in `dist/`. */
  env?: Record<EnvName, string>;

  /**
   * Names of Secrets in namespace `openfaas-fn`, mounted as files below `/var/openfaas/secrets`. You create them:
   * `kubectl -n openfaas-fn create secret generic NAME --from-literal NAME=…`.
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
}

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

/** Copies of a function. */
export interface ReplicasConfig {
  /**
   * Copies that always run. The community edition never runs fewer than one.
   *
   * @default 1
   * @asType integer
   * @minimum 0
   * @maximum 100
   */
  min?: number;

  /**
   * Copies under load.
   *
   * @default the larger of `min` and 5; `min` if autoscaling is off
   * @asType integer
   * @minimum 1
   * @maximum 100
   */
  max?: number;
}

export interface MemoryConfig {
  /** What is kept free for it. @default "64Mi" */
  request?: MemoryQuantity;
  /** Where it is stopped. @default "256Mi" */
  limit?: MemoryQuantity;
}

export interface CpuConfig {
  /** What is kept free for it. @default "50m" */
  request?: CpuQuantity;
  /** Where it is slowed down. Unset, it may use what is idle. */
  limit?: CpuQuantity;
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
