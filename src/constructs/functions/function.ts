import { k8s } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import type { PlatformFunction } from '../../platform/functions/function.ts';
import { ports } from '../../platform/openfaas/ports.ts';
import { InternalService } from '../internal-service.ts';
import { isScaled } from '../openfaas/scaling-rules.ts';
import { priorityClass } from '../priority-classes.ts';
import { restrictedPod } from '../restricted.ts';
import { SleepingDeployment } from '../sleeping-deployment.ts';
import { FunctionAutoscaler } from './autoscaler.ts';
import { functionContainer, functionVolumes } from './container.ts';

export interface OpenFaasFunctionProps {
  readonly namespace: string;
  readonly fn: PlatformFunction;
}

/**
 * A function of the community edition. Its Deployment, Service, `faas_function` label and first container must all
 * have its name, because the provider lists, calls, scales and logs it by that name.
 */
export class OpenFaasFunction extends Construct {
  constructor(scope: Construct, id: string, { namespace, fn }: OpenFaasFunctionProps) {
    super(scope, id);
    const { name } = fn;
    const selected = { faas_function: name };
    const labels = { ...fn.labels, ...selected };
    const metadata = {
      name,
      namespace,
      ...(Object.keys(fn.annotations).length > 0 && { annotations: fn.annotations }),
    };

    new SleepingDeployment(this, 'deployment', {
      sleeps: [fn.stopping.sleep],
      metadata: { ...metadata, labels },
      spec: {
        // A scaled function has no number here: each apply would undo the scaling.
        ...(!isScaled(fn) && { replicas: fn.replicas.min }),
        revisionHistoryLimit: 10,
        selector: { matchLabels: selected },
        strategy: {
          type: 'RollingUpdate',
          rollingUpdate: {
            maxSurge: k8s.IntOrString.fromNumber(1),
            maxUnavailable: k8s.IntOrString.fromNumber(0),
          },
        },
        template: {
          metadata: {
            labels: { ...labels, ...scalingLabels(fn) },
            annotations: { 'prometheus.io.scrape': 'false', ...fn.annotations },
          },
          spec: {
            automountServiceAccountToken: false,
            enableServiceLinks: false,
            securityContext: restrictedPod(fn.runAsUser),
            terminationGracePeriodSeconds: fn.stopping.grace,
            ...(fn.priority !== 'normal' && { priorityClassName: priorityClass(fn.priority) }),
            ...(fn.spread !== 'off' && { topologySpreadConstraints: [spread(fn)] }),
            containers: [functionContainer(fn)],
            volumes: functionVolumes(fn),
          },
        },
      },
    });
    new InternalService(this, 'service', {
      namespace,
      name,
      selector: 'faas_function',
      port: ports.function,
      portName: 'http',
      labels: fn.labels,
      annotations: fn.annotations,
      ...(fn.direct && { clusterIp: fn.direct.address }),
    });
    if (isScaled(fn) && (fn.direct || fn.replicas.min > 1)) {
      new FunctionAutoscaler(this, 'autoscaler', { namespace, fn });
    }
    if (fn.replicas.min >= 2) disruptionBudget(this, namespace, name);
  }
}

/** Pod labels from which the gateway reads the limits of scaling. A factor of 10 is the gateway's own default. */
function scalingLabels({ replicas }: PlatformFunction): Record<string, string> {
  return {
    'com.openfaas.scale.min': String(replicas.min),
    'com.openfaas.scale.max': String(replicas.max),
    ...(replicas.factor !== 10 && { 'com.openfaas.scale.factor': String(replicas.factor) }),
  };
}

/** Allows at most one copy more on a node than on any other. Counts one version at a time, so updates do not block. */
function spread({ name, spread: mode }: PlatformFunction): k8s.TopologySpreadConstraint {
  return {
    maxSkew: 1,
    topologyKey: 'kubernetes.io/hostname',
    whenUnsatisfiable: mode === 'required' ? 'DoNotSchedule' : 'ScheduleAnyway',
    labelSelector: { matchLabels: { faas_function: name } },
    matchLabelKeys: ['pod-template-hash'],
  };
}

/** A drain evicts one copy at a time. Copies that are already broken do not block it. */
function disruptionBudget(scope: Construct, namespace: string, name: string): void {
  new k8s.KubePodDisruptionBudget(scope, 'disruption-budget', {
    metadata: { name, namespace },
    spec: {
      maxUnavailable: k8s.IntOrString.fromNumber(1),
      unhealthyPodEvictionPolicy: 'AlwaysAllow',
      selector: { matchLabels: { faas_function: name } },
    },
  });
}
