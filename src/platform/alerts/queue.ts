import type { Platform } from '../platform.ts';

/** Where NATS says how many calls wait, inside its own pod. */
export const natsMonitor = 8222;

/** Whether the queue is looked at. The chart's NATS says nothing of it. */
export function isQueueWatched({ alerts, openfaas }: Pick<Platform, 'alerts' | 'openfaas'>): boolean {
  return alerts !== undefined && openfaas.async && openfaas.install === 'native';
}
