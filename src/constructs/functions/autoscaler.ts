import { k8s } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import type { PlatformFunction } from '../../platform/functions/function.ts';

export interface FunctionAutoscalerProps {
  readonly namespace: string;
  readonly fn: PlatformFunction;
}

/**
 * Kubernetes' own autoscaler for a function whose number of copies no manifest states.
 *
 * It brings a new Deployment, which starts with one copy, to `replicas.min` at its first look, within 15 seconds, and
 * does so again whenever copies are missing. That needs no metrics, no Prometheus and no gateway: below the minimum it
 * computes nothing (kube-controller-manager, `podautoscaler/horizontal.go`). It writes through the `scale` subresource,
 * as the gateway does, so no apply undoes it.
 *
 * Between `min` and `max` it moves a direct function by processor use, since calls past the gateway are in none of its
 * metrics. Any other function is the gateway's there: both directions are disabled.
 */
export class FunctionAutoscaler extends Construct {
  constructor(scope: Construct, id: string, { namespace, fn }: FunctionAutoscalerProps) {
    super(scope, id);
    new k8s.KubeHorizontalPodAutoscalerV2(this, 'autoscaler', {
      metadata: { name: fn.name, namespace },
      spec: {
        scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: fn.name },
        minReplicas: fn.replicas.min,
        maxReplicas: fn.replicas.max,
        // Kubernetes wants a metric, also where nothing follows from it.
        metrics: [cpu(fn.direct?.targetCpu ?? 100)],
        ...(fn.direct === undefined && { behavior: { scaleUp: disabled, scaleDown: disabled } }),
      },
    });
  }
}

const disabled = { selectPolicy: 'Disabled' };

function cpu(averageUtilization: number): k8s.MetricSpecV2 {
  return {
    type: 'Resource',
    resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization } },
  };
}
