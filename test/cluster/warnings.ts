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

interface Event {
  readonly reason: string;
  readonly message: string;
  readonly involvedObject: { readonly kind: string; readonly name: string };
}

/** Warnings that nobody expects, one line each. */
export function unknownWarnings(running: Running, after: 'first start' | 'change'): string[] {
  const expected = after === 'change' ? always : { ...always, ...atFirst };
  const { items } = running.get('events', '--all-namespaces', '--field-selector', 'type=Warning') as {
    items: Event[];
  };
  return items
    .filter(({ reason }) => expected[reason] === undefined)
    .map(({ reason, message, involvedObject: { kind, name } }) => `${reason}: ${kind} ${name}: ${message}`);
}
