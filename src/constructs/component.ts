import { createHash } from 'node:crypto';
import { k8s } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import type { Stopping } from '../platform/functions/stopping.ts';
import { sortedEntries } from '../platform/sorted-entries.ts';
import { restrictedContainer, restrictedPod } from './restricted.ts';
import { SleepingDeployment } from './sleeping-deployment.ts';

/** One container of a component: what differs between them. The rest is the same for all. */
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
  /** Kept free for it. */
  readonly requests: { readonly cpu: string; readonly memory: string };
  /** Where it is stopped. */
  readonly memoryLimit: string;
  /** What it may write, logs included, before its pod is evicted. @default "256Mi" */
  readonly diskLimit?: string;
}

export interface ComponentProps {
  readonly namespace: string;
  /** Deployment, label `app` and selector. */
  readonly name: string;
  readonly containers: readonly ComponentContainer[];
  /** The user that its image expects, by number: Kubernetes cannot tell that a named one is not root. */
  readonly user: number;
  readonly volumes?: k8s.Volume[];
  readonly annotations?: Readonly<Record<string, string>>;
  /** The account whose token it is given. Without one it gets no token. */
  readonly serviceAccount?: string;
  /** What it reads at start and does not watch: a change of it rolls the pods. */
  readonly configuration?: Readonly<Record<string, string>>;
  /** `Recreate` where two copies must not run side by side. */
  readonly strategy?: 'RollingUpdate' | 'Recreate';
  /** For each container, where its calls or connections do not end well by the signal alone. */
  readonly stopping?: Stopping;
}

/** A Deployment of one of OpenFaaS' own parts: one replica, locked down. */
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

/** A record of amounts as Kubernetes' types want it. */
export function quantities(amounts: Readonly<Record<string, string>>): Record<string, k8s.Quantity> {
  return Object.fromEntries(
    Object.entries(amounts).map(([name, amount]) => [name, k8s.Quantity.fromString(amount)]),
  );
}

/** A probe that a port is listened on. */
export function tcpProbe(port: number, rest: Omit<k8s.Probe, 'tcpSocket'>): k8s.Probe {
  return { tcpSocket: { port: k8s.IntOrString.fromNumber(port) }, ...rest };
}

/** An HTTP probe of a port. */
export function httpProbe(path: string, port: number, rest: Omit<k8s.Probe, 'httpGet'>): k8s.Probe {
  return { httpGet: { path, port: k8s.IntOrString.fromNumber(port) }, ...rest };
}

/** Of names and texts, in the order of the names. */
function digest(configuration: Readonly<Record<string, string>>): string {
  return createHash('sha256')
    .update(JSON.stringify(sortedEntries(configuration)))
    .digest('hex');
}
