import type { ArtifactLocation } from '../../diagnostics/diagnostic.ts';
import type { KubernetesBody, ManifestObject } from '../dist.ts';

/** The parts of a pod that rules look at. Their types have been checked against the schema. */
export interface PodSpec {
  readonly hostNetwork?: boolean;
  readonly containers: readonly Container[];
  readonly initContainers?: readonly Container[];
  readonly volumes?: readonly Volume[];
  readonly serviceAccountName?: string;
  readonly imagePullSecrets?: readonly { readonly name: string }[];
}

export interface Container {
  readonly name: string;
  readonly image: string;
  readonly command?: readonly string[];
  readonly args?: readonly string[];
  readonly ports?: readonly {
    readonly containerPort: number;
    readonly hostPort?: number;
    readonly protocol?: string;
    readonly name?: string;
  }[];
  readonly env?: readonly {
    readonly name: string;
    readonly value?: string;
    readonly valueFrom?: { readonly secretKeyRef?: { readonly name: string } };
  }[];
  readonly envFrom?: readonly { readonly secretRef?: { readonly name: string } }[];
  readonly volumeMounts?: readonly {
    readonly name: string;
    readonly mountPath: string;
    readonly readOnly?: boolean;
  }[];
  readonly securityContext?: { readonly readOnlyRootFilesystem?: boolean };
  readonly resources?: {
    readonly requests?: Readonly<Record<string, string | number>>;
    readonly limits?: Readonly<Record<string, string | number>>;
  };
  readonly lifecycle?: { readonly preStop?: { readonly sleep?: { readonly seconds: number } } };
  readonly livenessProbe?: Probe;
  readonly readinessProbe?: Probe;
  readonly startupProbe?: Probe;
}

export interface Probe {
  readonly httpGet?: { readonly path?: string; readonly port: number | string };
  readonly tcpSocket?: { readonly port: number | string };
}

export interface Volume {
  readonly name: string;
  readonly secret?: { readonly secretName?: string };
  readonly configMap?: { readonly name?: string };
  readonly emptyDir?: { readonly sizeLimit?: string };
  readonly projected?: { readonly sources?: readonly { readonly secret?: { readonly name?: string } }[] };
}

export interface ServiceSpec {
  readonly type?: string;
  readonly clusterIP?: string;
  readonly externalIPs?: readonly string[];
  readonly selector?: Readonly<Record<string, string>>;
  readonly ports?: readonly {
    readonly port: number;
    readonly targetPort?: number | string;
    readonly nodePort?: number;
    readonly protocol?: string;
  }[];
}

/** The pod that an object runs, if it runs any. */
export function podOf(object: ManifestObject): PodSpec | undefined {
  const spec = object.body.spec as KubernetesBody | undefined;
  switch (object.kind) {
    case 'Deployment':
    case 'StatefulSet':
    case 'DaemonSet':
    case 'Job':
      return (spec as { template: { spec: PodSpec } }).template.spec;
    case 'CronJob':
      return (spec as { jobTemplate: { spec: { template: { spec: PodSpec } } } }).jobTemplate.spec.template
        .spec;
    default:
      return undefined;
  }
}

/** A function as OpenFaaS Pro takes it. */
export interface FunctionResource {
  readonly image: string;
  readonly environment?: Readonly<Record<string, string>>;
  readonly secrets?: readonly string[];
}

export function functionResource(object: ManifestObject): FunctionResource | undefined {
  return object.kind === 'Function' ? (object.body.spec as FunctionResource) : undefined;
}

export function serviceSpec(object: ManifestObject): ServiceSpec | undefined {
  return object.kind === 'Service' ? (object.body.spec as ServiceSpec) : undefined;
}

/** `Deployment openfaas/gateway`, for messages. */
export function titleOf({ kind, namespace, name }: ManifestObject): string {
  return namespace === undefined ? `${kind} ${name}` : `${kind} ${namespace}/${name}`;
}

/** The value of a variable of a container. */
export function variable(container: Container | undefined, name: string): string | undefined {
  return container?.env?.find((entry) => entry.name === name)?.value;
}

/** Where an object stands, for a diagnostic. */
export function placeOf({ path, line }: ManifestObject): ArtifactLocation {
  return line === undefined ? { path } : { path, line };
}
