import type { Running } from './running.ts';

/** Warnings that a healthy start has, and why. */
const expected: Readonly<Record<string, string>> = {
  CgroupV1: 'of the machine that tests, not of the platform',
  ClusterIPNotAllocated: 'the API server repairs its list of addresses in its first minute',
  FailedComputeMetricsReplicas: 'the autoscaler only keeps the least number of copies; nothing measures',
  FailedGetResourceMetric: 'the same',
  FailedMount: 'a function waits for its Secret, which is made after the first apply',
  FailedScheduling: 'manifests are applied before the node has registered',
  Failed: 'a function waits for its Secret',
  InvalidDiskCapacity: 'the kubelet asks before containerd has an answer',
  Unhealthy: 'a first probe comes before the program listens',
};

/** The API server hears of an account a moment after it was made, and the ReplicaSet tries again. */
const accountIsNew = /^Error creating: pods .* error looking up service account /;

/** Events of type Warning that a healthy start does not have. */
export function unknownWarnings(running: Running): string[] {
  const { items } = running.get('events', '--all-namespaces', '--field-selector', 'type=Warning') as {
    items: { reason: string; message: string }[];
  };
  return items
    .filter(({ reason, message }) => expected[reason] === undefined && !accountIsNew.test(message))
    .map(({ reason, message }) => `${reason}: ${message}`);
}

/** Containers that were started more than once. */
export function restarted(running: Running): string[] {
  return running
    .pods()
    .flatMap(({ metadata, status }) =>
      (status.containerStatuses ?? [])
        .filter(({ restartCount }) => restartCount > 0)
        .map(({ name }) => `${metadata.name}/${name}`),
    );
}
