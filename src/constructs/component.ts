import { createHash } from 'node:crypto';
import { k8s } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import type { Stopping } from '../platform/functions/stopping.ts';
import { sortedEntries } from '../platform/sorted-entries.ts';
import { restrictedContainer, restrictedPod } from './restricted.ts';
import { SleepingDeployment } from './sleeping-deployment.ts';

/** One container of a component: only what differs between containers. */
export interface ComponentContainer {
  readonly name: string;
  readonly image: string;
  readonly command?: string[];
  readonly args?: string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly ports?: k8s.ContainerPort[];
  readonly livenessProbe?: k8s.Probe;
  readonly readinessProbe?: k8s.Probe;
  readonly startupProbe?: k8s.Probe;
  readonly volumeMounts?: k8s.VolumeMount[];
  /** Reserved for it on its node. */
  readonly requests: { readonly cpu: string; readonly memory: string };
  /** The container is killed when it uses more. */
  readonly memoryLimit: string;
  /** Its pod is evicted when it writes more than this, logs included. @default "256Mi" */
  readonly diskLimit?: string;
}

export interface ComponentProps {
  readonly namespace: string;
  /** Name of the Deployment, and value of the label `app` that selects its pods. */
  readonly name: string;
  readonly containers: readonly ComponentContainer[];
  /** Runs before the others, until it ends well. */
  readonly first?: ComponentContainer;
  /** The uid that its image expects. It must be a number: Kubernetes cannot tell whether a named user is root. */
  readonly user: number;
  readonly volumes?: k8s.Volume[];
  readonly annotations?: Readonly<Record<string, string>>;
  /** The ServiceAccount whose token is mounted. Without one, no token is. */
  readonly serviceAccount?: string;
  /** Configuration that it reads only at start: the pods are replaced when it changes. */
  readonly configuration?: Readonly<Record<string, string>>;
  /** `Recreate` if two copies must not run at the same time. */
  readonly strategy?: 'RollingUpdate' | 'Recreate';
  /** For each container, if the signal on its own would cut calls or connections. */
  readonly stopping?: Stopping;
}

/** A Deployment of one part of OpenFaaS: one replica, with restricted permissions. */
export class Component extends Construct {
  constructor(scope: Construct, id: string, props: ComponentProps) {
    super(scope, id);
    const labels = { app: props.name };
    const annotations = {
      ...props.annotations,
      ...(props.configuration !== undefined && { 'checksum/config': digest(props.configuration) }),
    };

    new SleepingDeployment(this, 'deployment', {
      sleeps: props.containers.map(() => props.stopping?.sleep),
      metadata: { name: props.name, namespace: props.namespace, labels },
      spec: {
        replicas: 1,
        selector: { matchLabels: labels },
        strategy:
          props.strategy === 'Recreate'
            ? { type: 'Recreate' }
            : {
                type: 'RollingUpdate',
                rollingUpdate: {
                  maxSurge: k8s.IntOrString.fromNumber(1),
                  maxUnavailable: k8s.IntOrString.fromNumber(0),
                },
              },
        template: {
          metadata: { labels, ...(Object.keys(annotations).length > 0 && { annotations }) },
          spec: {
            ...(props.serviceAccount === undefined
              ? { automountServiceAccountToken: false }
              : { serviceAccountName: props.serviceAccount }),
            enableServiceLinks: false,
            ...(props.stopping && { terminationGracePeriodSeconds: props.stopping.grace }),
            securityContext: restrictedPod(props.user),
            ...(props.first && { initContainers: [container(props.first)] }),
            containers: props.containers.map(container),
            ...(props.volumes && { volumes: props.volumes }),
          },
        },
      },
    });
  }
}

function container(props: ComponentContainer): k8s.Container {
  const { env, requests, memoryLimit, diskLimit = '256Mi', ...rest } = props;
  return {
    ...rest,
    imagePullPolicy: 'IfNotPresent',
    ...(env && { env: Object.entries(env).map(([name, value]) => ({ name, value })) }),
    resources: {
      requests: quantities({ ...requests, 'ephemeral-storage': '16Mi' }),
      limits: quantities({ memory: memoryLimit, 'ephemeral-storage': diskLimit }),
    },
    securityContext: restrictedContainer(),
  };
}

/** Converts amounts to Kubernetes' own type. */
export function quantities(amounts: Readonly<Record<string, string>>): Record<string, k8s.Quantity> {
  return Object.fromEntries(
    Object.entries(amounts).map(([name, amount]) => [name, k8s.Quantity.fromString(amount)]),
  );
}

/** A probe that succeeds when something listens on the port. */
export function tcpProbe(port: number, rest: Omit<k8s.Probe, 'tcpSocket'>): k8s.Probe {
  return { tcpSocket: { port: k8s.IntOrString.fromNumber(port) }, ...rest };
}

/** An HTTP probe of a port. */
export function httpProbe(path: string, port: number, rest: Omit<k8s.Probe, 'httpGet'>): k8s.Probe {
  return { httpGet: { path, port: k8s.IntOrString.fromNumber(port) }, ...rest };
}

/** A hash of names and texts, sorted by name. */
function digest(configuration: Readonly<Record<string, string>>): string {
  return createHash('sha256')
    .update(JSON.stringify(sortedEntries(configuration)))
    .digest('hex');
}
