import { report } from '../../../diagnostics/report.ts';
import type { Dist, ManifestObject } from '../../dist.ts';
import { fitsOwnSchema } from '../../read/own-schema.ts';
import { readYaml } from '../../read/yaml.ts';
import type { Rule } from '../rule.ts';

/** Where one thing scales a Deployment, no manifest states the number too; and what is scaled is there. */
export const scalersOwnReplicas: Rule = {
  name: 'scalers-own-replicas',
  harm: 'lost calls',
  loss: 'Each apply would set the number of copies back, below what the load needs.',
  check: (dist) => {
    const deployments = new Map(
      dist.objects
        .filter(({ kind, namespace }) => kind === 'Deployment' && namespace === 'openfaas-fn')
        .map((object) => [object.name, object]),
    );
    // In pro the operator makes the Deployments.
    if (deployments.size === 0) return [];
    return scalings(dist).flatMap(({ scaler, name }) => {
      const deployment = deployments.get(name);
      if (deployment === undefined) return [report('verify/scales-nothing', [], { scaler, name })];
      return states(deployment) ? [report('verify/replicas-fought-over', [], { scaler, name })] : [];
    });
  },
};

function states({ body }: ManifestObject): boolean {
  return (body.spec as { replicas?: number }).replicas !== undefined;
}

interface Scaling {
  readonly scaler: string;
  readonly name: string;
}

function scalings({ objects }: Dist): Scaling[] {
  return objects.flatMap(({ kind, name, body }) => {
    if (kind === 'HorizontalPodAutoscaler') {
      const { scaleTargetRef } = body.spec as { scaleTargetRef: { name: string } };
      return [{ scaler: `HorizontalPodAutoscaler ${name}`, name: scaleTargetRef.name }];
    }
    if (kind !== 'ConfigMap') return [];
    const { data = {} } = body as { data?: Readonly<Record<string, string>> };
    return alerts(data['alert.rules.yml'] ?? '');
  });
}

interface Rules {
  readonly groups?: readonly {
    readonly rules?: readonly { readonly alert: string; readonly expr: string }[];
  }[];
}

/** Each alert that names functions, as `function_name=~"(a|b)([.]openfaas-fn)?"`, scales them. */
function alerts(text: string): Scaling[] {
  const [written] = readYaml(text).documents;
  // What is no such file is the business of `partsConfigured`.
  if (!fitsOwnSchema('alert-rules', written)) return [];
  const rules = written as Rules;
  return (rules.groups ?? [])
    .flatMap(({ rules: inGroup = [] }) => inGroup)
    .flatMap(({ alert, expr }) => {
      const names = /function_name=~"\(?([a-z0-9|-]+)\)?\(/.exec(expr)?.[1]?.split('|') ?? [];
      return names.map((name) => ({ scaler: `alert ${alert}`, name }));
    });
}
