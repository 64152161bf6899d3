import type { Diagnostic } from '../../../diagnostics/diagnostic.ts';
import { report } from '../../../diagnostics/report.ts';
import { type OwnObject, titleOf } from './own-object.ts';

/** Reports a namespace whose pods may call, or be called by, anybody. */
export function diagnoseConfinement(object: OwnObject, all: readonly OwnObject[]): Diagnostic[] {
  if (object.kind !== 'Namespace') return [];
  const policies = all.filter(({ kind, namespace }) => kind === 'NetworkPolicy' && namespace === object.name);
  const refuses = (way: string) =>
    policies.some(
      ({ body: { spec = {} } }) =>
        Object.keys(spec.podSelector ?? {}).length === 0 && (spec.policyTypes ?? []).includes(way),
    );
  const open = policies.find(
    ({ body: { spec = {} } }) => hasRuleForAll(spec.ingress, 'from') || hasRuleForAll(spec.egress, 'to'),
  );
  const unrefused = ['Ingress', 'Egress'].filter((way) => !refuses(way));
  if (unrefused.length > 0) {
    const what = `no NetworkPolicy refuses ${unrefused.join(' and ')} that others do not allow`;
    return [report('resolve/manifest-unconfined', ['metadata', 'name'], { namespace: object.name, what })];
  }
  if (open === undefined) return [];
  const what = `a rule of ${titleOf(open)} is for everybody`;
  return [report('resolve/manifest-unconfined', ['metadata', 'name'], { namespace: object.name, what })];
}

/** A rule without peers is for all. */
function hasRuleForAll(rules: readonly unknown[] = [], peers: 'from' | 'to'): boolean {
  return rules.some((rule) => {
    const { [peers]: list = [] } = rule as Readonly<Record<string, readonly unknown[] | undefined>>;
    return list.length === 0;
  });
}
