import { k8s } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import type { PlatformFunction } from '../../platform/functions/function.ts';

export interface FunctionAutoscalerProps {
  readonly namespace: string;
  readonly fn: PlatformFunction;
}

/**
 * Kubernetes' HorizontalPodAutoscaler, for a function whose manifest does not set `replicas`.
 *
 * A new Deployment starts with one copy. The autoscaler raises that to `replicas.min` within 15 seconds, and does so
 * again whenever copies are missing. That needs no metrics, no Prometheus and no gateway: below the minimum it does not
 * look at metrics (kube-controller-manager, `podautoscaler/horizontal.go`). It writes through the `scale` subresource,
 * as the gateway does, so an apply does not undo it.
 *
 * Between `min` and `max` it scales a direct function by CPU use, because the gateway's metrics do not include calls
 * that bypass the gateway. The gateway scales all other functions, so both directions are disabled for those.
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
        // Kubernetes requires a metric even if scaling is disabled.
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
