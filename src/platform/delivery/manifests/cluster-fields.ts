import type { Diagnostic } from '../../../diagnostics/diagnostic.ts';
import { report } from '../../../diagnostics/report.ts';

/** The metadata that the cluster and its controllers write. */
const others: readonly string[] = [
  'creationTimestamp',
  'deletionGracePeriodSeconds',
  'deletionTimestamp',
  'finalizers',
  'generateName',
  'generation',
  'managedFields',
  'ownerReferences',
  'resourceVersion',
  'selfLink',
  'uid',
];

/**
 * Fields that only the cluster writes, as `kubectl get -o yaml` prints them; a finalizer of nobody blocks a deletion.
 *
 * @param title the object, as a diagnostic names it
 */
export function diagnoseClusterFields(body: { readonly metadata?: unknown }, title: string): Diagnostic[] {
  const { metadata } = body;
  const paths = [
    ...Object.keys(typeof metadata === 'object' && metadata !== null ? metadata : {})
      .filter((key) => others.includes(key))
      .map((key) => ['metadata', key]),
    ...('status' in body ? [['status']] : []),
  ];
  return paths.map((path) =>
    report('resolve/manifest-of-cluster', path, { object: title, field: path.join('.') }, { at: 'key' }),
  );
}
