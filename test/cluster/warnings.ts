import type { Running } from './running.ts';

/** Warnings of a healthy platform, and why. */
const always: Readonly<Record<string, string>> = {
  CgroupV1: 'of the machine that tests, not of the platform',
  FailedComputeMetricsReplicas: 'the autoscaler only keeps the least number of copies; nothing measures',
  FailedGetResourceMetric: 'the same',
  Unhealthy: 'a first probe comes before the program listens',
};

/** Those of a first start besides. */
const atFirst: Readonly<Record<string, string>> = {
  ClusterIPNotAllocated: 'the API server repairs its list of addresses in its first minute',
  FailedMount: 'a function waits for its Secret, which is made after the first apply',
  FailedScheduling: 'manifests are applied before the node has registered',
  Failed: 'a function waits for its Secret',
  InvalidDiskCapacity: 'the kubelet asks before containerd has an answer',
};

/** Those of a change besides. */
const whileChanging: Readonly<Record<string, string>> = {
  FailedGetScale: 'K3s takes the Deployment of a function away a moment before its autoscaler',
  CalculateExpectedPodCountFailed: 'the same with its disruption budget',
};

/** The kubelet reads an object for the first time, on a busy machine: it mounts the volume at its next try. */
const slowKubelet = /failed to sync (configmap|secret) cache: timed out/;

/** The API server hears of an account a moment after it was made, and the ReplicaSet tries again. */
const accountIsNew = /^Error creating: pods .* error looking up service account /;

interface Event {
  readonly metadata: { readonly creationTimestamp: string };
  readonly eventTime: string | null;
  readonly firstTimestamp: string | null;
  readonly reason: string;
  readonly message: string;
  readonly involvedObject: { readonly kind: string; readonly name: string };
}

/**
 * Warnings that nobody expects, one line each.
 *
 * @param since milliseconds since 1970; what began before is left out
 */
export function unknownWarnings(running: Running, after: 'first start' | 'change', since = 0): string[] {
  const expected = { ...always, ...(after === 'change' ? whileChanging : atFirst) };
  const { items } = running.get('events', '--all-namespaces', '--field-selector', 'type=Warning') as {
    items: Event[];
  };
  return items
    .filter(
      ({ metadata, eventTime, firstTimestamp }) =>
        Date.parse(eventTime ?? firstTimestamp ?? metadata.creationTimestamp) >= since,
    )
    .filter(
      ({ reason, message }) =>
        expected[reason] === undefined && !slowKubelet.test(message) && !accountIsNew.test(message),
    )
    .map(({ reason, message, involvedObject: { kind, name } }) => `${reason}: ${kind} ${name}: ${message}`);
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
