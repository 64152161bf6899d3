import type { FunctionConfig } from '../../config/functions/function.ts';
import type { ConfigPath, Diagnostic } from '../../diagnostics/diagnostic.ts';
import { report } from '../../diagnostics/report.ts';
import { cronProblem } from '../../units/cron.ts';
import { sortedEntries } from '../sorted-entries.ts';
import { textProblem } from './environment.ts';
import type { ReplicasContext } from './replicas.ts';

/** All of an object's annotations together, keys and values in bytes. Source: kubernetes.io, "Annotations". */
const annotationsLimit = 256 * 1024;

/** Label keys that are set already, and what to write instead. */
const ownLabels: Readonly<Record<string, string>> = {
  faas_function: 'remove it: it is the name of the function',
  'pod-template-hash': 'remove it: Kubernetes tells the versions of a Deployment apart by it',
  uid: 'choose another key: the runtime overwrites it when a function is deployed through its API',
  'com.openfaas.scale.min': 'write replicas: { min: … }',
  'com.openfaas.scale.max': 'write replicas: { max: … }',
  'com.openfaas.scale.factor': 'write replicas: { factor: … }',
};

interface Refusal {
  readonly pattern: RegExp;
  readonly why: string;
  readonly instead: string;
}

/** What faas-netes 0.18.17 refuses in `pkg/handlers/validate.go`. */
const refusedLabels: readonly Refusal[] = [
  {
    pattern: /^com\.openfaas\.scale\.(zero|zero-duration)$/,
    why: 'always runs at least one copy, so it refuses',
    instead: 'remove it; a function that may stop costs its memory request while it is idle',
  },
  {
    pattern: /^com\.openfaas\.scale\.(target|type|target-proportion)$/,
    why: 'scales only by calls a second, so it refuses',
    instead: "remove it, and write replicas: { rate: '…' }, or direct: true to scale by processor use",
  },
];

/** What `pkg/handlers/deploy.go` refuses, and what nothing of that edition reads. */
const refusedAnnotations: readonly Refusal[] = [
  {
    pattern: /amazonaws\.com|gke\.io/,
    why: 'refuses annotations of managed clouds, such as',
    instead: 'remove it',
  },
  {
    pattern: /^com\.openfaas\.(health|ready)\./,
    why: 'ignores',
    instead: "write healthPath: '…'",
  },
  {
    pattern: /^com\.openfaas\.profile$/,
    why: 'has no profiles, so it ignores',
    instead: 'write spread, priority or runAsUser here instead',
  },
  {
    pattern: /^com\.openfaas\.serviceaccount$/,
    why: 'ignores',
    instead: 'remove it; here functions have no access to the Kubernetes API',
  },
  {
    pattern: /^com\.openfaas\.queue$/,
    why: 'has one queue for all functions, so it ignores',
    instead: 'remove it',
  },
];

/** Reports labels and annotations that Fjord sets itself or that the edition refuses. */
export function diagnoseMetadata(
  name: string,
  { labels, annotations }: FunctionConfig,
  edition: ReplicasContext['edition'],
): Diagnostic[] {
  const refusals = (path: ConfigPath, key: string, list: readonly Refusal[]) =>
    edition !== 'community'
      ? []
      : list
          .filter(({ pattern }) => pattern.test(key))
          .map(({ why, instead }) =>
            report('resolve/key-refused-by-edition', path, { key, why, instead }, { at: 'key' }),
          );
  // cdk8s takes a record with this key for an object of a class, and throws.
  const unprintable = (path: ConfigPath, key: string) =>
    key === 'constructor' ? [report('resolve/key-unprintable', path, { key }, { at: 'key' })] : [];
  return [
    ...sortedEntries(labels).flatMap(([key]) => {
      const path = ['functions', name, 'labels', key];
      const instead = Object.hasOwn(ownLabels, key) ? ownLabels[key] : undefined;
      const ours =
        instead === undefined ? [] : [report('resolve/key-is-ours', path, { key, instead }, { at: 'key' })];
      return [...ours, ...unprintable(path, key), ...refusals(path, key, refusedLabels)];
    }),
    ...sortedEntries(annotations).flatMap(([key, value]) => {
      const path = ['functions', name, 'annotations', key];
      const problem = textProblem(value);
      return [
        ...unprintable(path, key),
        ...refusals(path, key, refusedAnnotations),
        ...(problem === undefined ? [] : [report('resolve/text-not-carried', path, { what: key, problem })]),
        ...(edition === 'community' && key === 'topic' && value.includes(',')
          ? [report('resolve/topic-with-comma', path, { topic: value })]
          : []),
      ];
    }),
    ...diagnoseTopic(name, annotations, edition),
    ...diagnoseSize(name, annotations),
  ];
}

/** Connectors read a topic: that of cron, which Fjord replaces by `schedule`, and others, which it does not install. */
function diagnoseTopic(
  name: string,
  annotations: FunctionConfig['annotations'] = {},
  edition: ReplicasContext['edition'],
): Diagnostic[] {
  const { topic, schedule } = annotations;
  const path = ['functions', name, 'annotations', 'topic'];
  if (topic === undefined) return [];
  if (topic === 'cron-function') {
    const cron = schedule !== undefined && cronProblem(schedule) === undefined ? schedule : '0 3 * * *';
    return [report('resolve/annotations-not-schedule', path, { name, cron })];
  }
  return edition === 'community' && !topic.includes(',')
    ? [report('resolve/topic-needs-connector', path, { topic })]
    : [];
}

function diagnoseSize(name: string, annotations: FunctionConfig['annotations'] = {}): Diagnostic[] {
  const own = { 'prometheus.io.scrape': 'false', ...annotations };
  const size = Object.entries(own).reduce(
    (sum, [key, value]) => sum + Buffer.byteLength(key) + Buffer.byteLength(value),
    0,
  );
  if (size <= annotationsLimit) return [];
  const params = { name, size, limit: annotationsLimit };
  return [report('resolve/annotations-too-large', ['functions', name, 'annotations'], params)];
}
