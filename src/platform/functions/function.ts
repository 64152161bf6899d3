import type { FunctionConfig, Priority } from '../../config/functions/function.ts';
import type { PlatformConfig } from '../../config/platform-config.ts';
import { formatDuration, parseDuration, parseMemory, parseRate, parseSize } from '../../units/amounts.ts';
import type { Gateway } from '../gateway/gateway.ts';
import { insidersOf } from '../gateway/insiders.ts';
import { sortedEntries } from '../sorted-entries.ts';
import { resolveCallbacks } from './callbacks.ts';
import { resolveCalls } from './calls.ts';
import { type Direct, resolveDirect } from './direct.ts';
import { type FunctionHttp, resolveFunctionHttp } from './http.ts';
import { functionNotice, functionStopping, type Stopping, stopBound } from './stopping.ts';
import { resolveTraffic, type Traffic } from './traffic.ts';

/** One function. */
export interface PlatformFunction {
  readonly name: string;
  readonly image: string;
  /** What runs instead of the image's own; undefined: that. */
  readonly command: readonly string[] | undefined;
  readonly args: readonly string[] | undefined;
  readonly source: { readonly template: string; readonly handler: string } | undefined;
  readonly replicas: Replicas;
  /** Calls that one copy takes at a time; undefined: any number. */
  readonly concurrency: number | undefined;
  /** Milliseconds. */
  readonly timeout: number;
  readonly memory: { readonly request: string; readonly limit: string };
  readonly cpu: { readonly request: string; readonly limit: string | undefined };
  /** What a copy may write. */
  readonly disk: string;
  /** By name: the user's, the watchdog's settings and the addresses of the functions that it calls. */
  readonly env: Readonly<Record<string, string>>;
  readonly secrets: readonly string[];
  readonly readOnlyRootFilesystem: boolean;
  /** Bytes. */
  readonly maxBody: number;
  /** Bytes that `/async-function/` takes of it; undefined where that is closed. */
  readonly asyncMaxBody: number | undefined;
  /** The values of `X-Callback-Url` that its queued calls may have, sorted. */
  readonly callbacks: readonly string[];
  readonly schedules: readonly Schedule[];
  /** Names of the functions that it calls. */
  readonly calls: readonly string[];
  /** How nginx reaches it past the gateway; undefined where it does not. */
  readonly direct: Direct | undefined;
  /** Whether nginx offers it to the outside. If not, there is nothing in `http`. */
  readonly exposed: boolean;
  readonly http: FunctionHttp;
  readonly healthPath: string;
  readonly stopping: Stopping;
  readonly priority: Priority;
  readonly spread: 'preferred' | 'required' | 'off';
  readonly runAsUser: number;
  /** Undefined where the config does not say. */
  readonly traffic: Traffic | undefined;
  /** By key, without those that Fjord sets. */
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
}

export interface Replicas {
  readonly min: number;
  readonly max: number;
  /** Calls a second above which there are more. */
  readonly rate: number;
  /** Percent of `max` that are added at a time. */
  readonly factor: number;
}

export interface Schedule {
  /** Of its CronJob. */
  readonly name: string;
  readonly cron: string;
  readonly timeZone: string;
  readonly async: boolean;
  readonly overlap: boolean;
}

/** The most replicas that the community edition runs. Source: faas-netes 0.18.17, `pkg/handlers/replica_reader.go`. */
export const communityReplicas = 5;

/** Bytes of a body that the queue takes. Source: nats-queue-worker 0.14.2, `handler/nats_queue.go`. */
export const queueBodyLimit = 256_000;

/** How long a function takes calls after the signal to stop. Milliseconds. */
const healthcheckInterval = 5000;

/** A copy's time beyond what its last answer needs, in milliseconds. */
const spare = 4000;

/** Memory that a copy may use. */
const defaultLimit = '256Mi';

/** The user that the provider itself gives to functions when they must not be root. */
const nonRootUser = 12_000;

/** One function with its defaults. */
export function resolveFunction(
  name: string,
  written: FunctionConfig,
  gateway: Gateway,
  config: PlatformConfig,
): PlatformFunction {
  const autoscaling = config.openfaas?.autoscaling ?? true;
  const min = written.replicas?.min ?? 1;
  const timeout = parseDuration(written.timeout ?? '30s');
  const maxBody = written.maxBody === undefined ? gateway.maxBody : parseSize(written.maxBody);
  const direct = resolveDirect(name, written, config);
  const calls = [...(written.calls ?? [])].sort();
  return {
    name,
    image: written.image,
    command: written.command,
    args: written.args,
    source: written.source,
    replicas: {
      min,
      max: written.replicas?.max ?? (autoscaling ? Math.max(min, communityReplicas) : min),
      rate: parseRate(written.replicas?.rate ?? '5r/s'),
      factor: written.replicas?.factor ?? 10,
    },
    concurrency: written.concurrency,
    timeout,
    memory: { request: written.memory?.request ?? '64Mi', limit: written.memory?.limit ?? defaultLimit },
    cpu: { request: written.cpu?.request ?? '50m', limit: written.cpu?.limit },
    disk: written.disk ?? '1Gi',
    env: environment(written, timeout, resolveCalls(calls, config)),
    secrets: [...(written.secrets ?? [])].sort(),
    readOnlyRootFilesystem: written.readOnlyRootFilesystem ?? true,
    maxBody,
    asyncMaxBody: written.async ? Math.min(maxBody, queueBodyLimit) : undefined,
    callbacks: resolveCallbacks(written.callbacks),
    schedules: schedulesOf(name, written),
    calls,
    direct,
    exposed: written.expose ?? true,
    http: resolveFunctionHttp(written.http, insidersOf(config)),
    healthPath: written.healthPath ?? '/_/health',
    stopping: functionStopping(
      functionNotice(direct !== undefined),
      drainTime(timeout, direct !== undefined) + spare,
      written.gracePeriod === undefined ? undefined : parseDuration(written.gracePeriod),
      stopBound(config),
    ),
    priority: written.priority ?? 'normal',
    spread: written.spread ?? (Object.keys(config.nodes).length > 1 ? 'preferred' : 'off'),
    runAsUser: written.runAsUser ?? nonRootUser,
    traffic: resolveTraffic(written.traffic, parseMemory(written.memory?.limit ?? defaultLimit)),
    labels: Object.fromEntries(sortedEntries(written.labels)),
    annotations: Object.fromEntries(sortedEntries(written.annotations)),
  };
}

/**
 * How long a copy needs from the decision to stop it to its last answer: its callers leave it; then it gets the signal,
 * and of-watchdog takes calls for `healthcheck_interval` more and finishes running ones within `write_timeout`.
 * Milliseconds.
 */
export function drainTime(timeout: number, isDirect: boolean): number {
  return functionNotice(isDirect) + healthcheckInterval + serverTimeout(timeout);
}

/** The function's server allows a call a second more than the function, so that the answer can still be sent. */
function serverTimeout(timeout: number): number {
  return timeout + 1000;
}

function environment(
  { env, concurrency }: FunctionConfig,
  timeout: number,
  addresses: Readonly<Record<string, string>>,
): Record<string, string> {
  const server = formatDuration(serverTimeout(timeout));
  const variables = {
    ...env,
    ...addresses,
    exec_timeout: formatDuration(timeout),
    read_timeout: server,
    write_timeout: server,
    healthcheck_interval: formatDuration(healthcheckInterval),
    ...(concurrency !== undefined && { max_inflight: String(concurrency) }),
  };
  return Object.fromEntries(sortedEntries<string>(variables));
}

/** The first has the function's name, the others its name and a number. */
export function schedulesOf(name: string, { schedule: written }: FunctionConfig): Schedule[] {
  return [written ?? []].flat().map((one, index) => {
    const { cron, timeZone, async, overlap } = typeof one === 'string' ? { cron: one } : { ...one };
    return {
      name: index === 0 ? name : `${name}-${index + 1}`,
      cron,
      timeZone: timeZone ?? 'Etc/UTC',
      async: async ?? false,
      overlap: overlap ?? false,
    };
  });
}
