import type { PlatformConfig } from '../../config/platform-config.ts';
import { parseDuration } from '../../units/amounts.ts';
import type { Timeouts } from '../openfaas/timeouts.ts';

/** How a pod's container is stopped. Whole seconds. */
export interface Stopping {
  /** How long it keeps running before it gets the signal (`preStop`), so that its callers can leave it. */
  readonly sleep: number;
  /** How long until it is killed (`terminationGracePeriodSeconds`), `sleep` included. */
  readonly grace: number;
}

/**
 * How long nginx makes new calls on one connection to a Service, and how long it keeps one that has none, in
 * milliseconds. kube-proxy leaves a connection with its pod, also when that has left the Service: only a new connection
 * goes to another pod.
 */
export const connectionLife = 10_000;
export const connectionIdle = 10_000;

/** Until every node's kube-proxy and the provider know that a pod has left its Service. Milliseconds. */
const leaveNotice = 5000;

/** After it, nothing begins a call with the pod by nginx: the last one comes on a connection that was idle till then. */
const leftByNginx = connectionLife + connectionIdle + leaveNotice;

/** Between the signal and the kill, for a container that has nothing left to do. Milliseconds. */
const slack = 10_000;

/** Below it not even the last connection has left. Milliseconds. */
export const leastStop = 60_000;

/** The most that anything waits for calls under way when it stops, in milliseconds. */
export function stopBound({ openfaas }: PlatformConfig): number {
  return parseDuration(openfaas?.stopWithin ?? '20m');
}

/** Of OpenFaaS' gateway and the provider beside it, in milliseconds: until the last call through them has its answer. */
export function gatewayDrain({ gateway }: Timeouts): number {
  return leftByNginx + gateway;
}

/**
 * The gateway has no handler for the signal: it dies at once, with every running call. So it gets the signal only when the
 * last call has ended. Sources: faas 0.27.13, `gateway/main.go`; faas-netes goes on after the signal until its pod's end.
 */
export function gatewayStopping(timeouts: Timeouts): Stopping {
  const sleep = Math.min(gatewayDrain(timeouts), timeouts.stop);
  return { sleep: seconds(sleep), grace: seconds(sleep + slack) };
}

/**
 * The queue worker takes calls from the queue until the signal kills it. It stops once its successor runs; a call that it
 * was running then is delivered again to the successor, after `ack_wait`.
 */
export const workerStopping: Stopping = {
  sleep: seconds(leaveNotice),
  grace: seconds(leaveNotice + slack),
};

/** How long a copy goes on as it is: direct ones are reached by nginx' own connections. Milliseconds. */
export function functionNotice(isDirect: boolean): number {
  return isDirect ? leftByNginx : leaveNotice;
}

/**
 * @param drain from the decision to stop the copy to its last answer, in milliseconds
 * @param written the user's own grace period, in milliseconds, which is taken as it is
 */
export function functionStopping(
  notice: number,
  drain: number,
  written: number | undefined,
  bound: number,
): Stopping {
  const grace = seconds(written ?? Math.min(drain, bound));
  return { sleep: Math.min(seconds(notice), grace - 1), grace };
}

function seconds(milliseconds: number): number {
  return Math.ceil(milliseconds / 1000);
}
