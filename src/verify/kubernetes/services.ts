import type { Dist, ManifestObject } from '../dist.ts';
import { serviceSpec } from './body.ts';
import { type Pod, podsIn } from './pod.ts';

/** The pods that a Service sends to. */
export function podsBehind(dist: Dist, service: ManifestObject): Pod[] {
  const selector = Object.entries(serviceSpec(service)?.selector ?? {});
  return podsIn(dist).filter(
    ({ namespace, labels, kind }) =>
      kind !== 'CronJob' &&
      namespace === service.namespace &&
      selector.length > 0 &&
      selector.every(([key, value]) => labels[key] === value),
  );
}

/** The port of its pods that a port of a Service leads to. */
export function targetPort(service: ManifestObject, port: number): number | string | undefined {
  const found = serviceSpec(service)?.ports?.find((own) => own.port === port);
  return found && (found.targetPort ?? found.port);
}
