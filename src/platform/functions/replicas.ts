import type { FunctionConfig } from '../../config/functions/function.ts';
import type { ConfigPath, Diagnostic } from '../../diagnostics/diagnostic.ts';
import { report } from '../../diagnostics/report.ts';
import { communityReplicas, type PlatformFunction } from './function.ts';

export interface ReplicasContext {
  readonly edition: 'community' | 'pro';
  readonly autoscaling: boolean;
}

/** Reports numbers of copies that the edition would change, or that nothing scales between. */
export function diagnoseReplicas(
  { name, replicas, direct }: PlatformFunction,
  written: FunctionConfig['replicas'] = {},
  { edition, autoscaling }: ReplicasContext,
): Diagnostic[] {
  const diagnostics: Diagnostic[] = [];
  const at = (...rest: string[]): ConfigPath => ['functions', name, 'replicas', ...rest];
  const { min, max } = replicas;

  if (edition === 'community') {
    if (min === 0) diagnostics.push(report('resolve/scale-to-zero', at('min'), { name }));
    for (const end of ['min', 'max'] as const) {
      if (written[end] !== undefined && replicas[end] > communityReplicas) {
        const params = { name, replicas: replicas[end], limit: communityReplicas };
        diagnostics.push(report('resolve/too-many-replicas', at(end), params));
      }
    }
  }
  if (min > max) diagnostics.push(report('resolve/replicas-reversed', at(), { min, max }));
  if (!autoscaling && max > min) {
    diagnostics.push(report('resolve/replicas-without-autoscaling', at('max'), { name, min, max }));
  }
  for (const key of ['rate', 'factor'] as const) {
    const why =
      direct !== undefined
        ? 'its calls bypass the gateway, so copies scale by processor use'
        : `there are always ${min} copies`;
    if (written[key] !== undefined && (direct !== undefined || min >= max)) {
      diagnostics.push(report('resolve/scaling-without-effect', at(key), { name, key, why }));
    }
  }
  return diagnostics;
}
