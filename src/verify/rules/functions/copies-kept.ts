import type { Diagnostic } from '../../../diagnostics/diagnostic.ts';
import { report } from '../../../diagnostics/report.ts';
import type { KubernetesBody, ManifestObject } from '../../dist.ts';
import { placeOf } from '../../kubernetes/body.ts';
import type { Rule } from '../rule.ts';

interface Autoscaler {
  readonly scaleTargetRef: { readonly name: string };
  readonly minReplicas?: number;
  readonly maxReplicas: number;
  readonly behavior?: Readonly<Record<string, { readonly selectPolicy?: string }>>;
}

interface Deployment {
  readonly replicas?: number;
  readonly template: { readonly metadata?: { readonly labels?: Readonly<Record<string, string>> } };
}

/**
 * A function has its minimum of copies from the first apply on, whatever of Prometheus, Alertmanager and the gateway is
 * down; and where the gateway scales, the autoscaler keeps the minimum and nothing else.
 */
export const copiesKept: Rule = {
  name: 'copies-kept',
  harm: 'lost calls',
  loss: "A function would run with fewer copies than its calls need, or with none, while the platform's own parts are down.",
  check: (dist) => {
    const autoscalers = dist.objects.filter(({ kind }) => kind === 'HorizontalPodAutoscaler');
    const direct = new Set(
      dist.objects
        .filter(({ kind, namespace }) => kind === 'Service' && namespace === 'openfaas-fn')
        .filter(({ body }) => (body.spec as { clusterIP?: string }).clusterIP !== undefined)
        .map(({ name }) => name),
    );
    return dist.objects
      .filter(({ kind, namespace }) => kind === 'Deployment' && namespace === 'openfaas-fn')
      .flatMap((deployment) => {
        const autoscaler = autoscalers
          .map(({ body }) => specOf<Autoscaler>(body))
          .find(({ scaleTargetRef }) => scaleTargetRef.name === deployment.name);
        return checkCopies(deployment, autoscaler, direct.has(deployment.name));
      });
  },
};

function checkCopies(
  deployment: ManifestObject,
  autoscaler: Autoscaler | undefined,
  isDirect: boolean,
): Diagnostic[] {
  const { name } = deployment;
  const at = { artifact: placeOf(deployment) };
  const { replicas, template } = specOf<Deployment>(deployment.body);
  const bound = (end: 'min' | 'max') => Number(template.metadata?.labels?.[`com.openfaas.scale.${end}`]);
  const [min, max] = [bound('min'), bound('max')];
  // What states nothing begins with 1, and so does an autoscaler.
  const kept = replicas ?? autoscaler?.minReplicas ?? 1;
  const moves = (['scaleUp', 'scaleDown'] as const).filter(
    (way) => autoscaler?.behavior?.[way]?.selectPolicy !== 'Disabled',
  );
  return [
    ...(kept < min ? [report('verify/copies-not-kept', [], { name, min, kept }, at)] : []),
    ...(autoscaler !== undefined && autoscaler.maxReplicas < max
      ? [report('verify/copies-taken-away', [], { name, max, left: autoscaler.maxReplicas }, at)]
      : []),
    ...(autoscaler !== undefined && !isDirect && moves.length > 0
      ? [report('verify/scaled-twice', [], { name, moves }, at)]
      : []),
  ];
}

function specOf<Spec>({ spec }: KubernetesBody): Spec {
  return spec as Spec;
}
