import { parseAllDocuments } from 'yaml';
import { makeAnew } from '../../src/artifacts/remember.ts';
import type { PlatformConfig } from '../../src/config/platform-config.ts';
import type { Platform } from '../../src/platform/platform.ts';
import { resolve } from '../../src/platform/resolve.ts';
import { renderManifests } from '../../src/renderers/manifests/manifests.ts';

/** A Kubernetes object as it was emitted. */
export interface Emitted {
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly labels?: Record<string, string>;
    readonly annotations?: Record<string, string>;
  };
  readonly spec: EmittedSpec;
  readonly data?: Record<string, string>;
  readonly value?: number;
}

export interface EmittedSpec {
  readonly replicas?: number;
  readonly selector: { readonly matchLabels?: Record<string, string> } & Readonly<Record<string, unknown>>;
  readonly strategy: unknown;
  readonly template: {
    readonly metadata: {
      readonly labels: Record<string, string>;
      readonly annotations?: Record<string, string>;
    };
    readonly spec: EmittedPod;
  };
  readonly ports: readonly { readonly port: number; readonly targetPort: number }[];
  readonly jobTemplate: {
    readonly spec: { readonly backoffLimit: number; readonly template: { readonly spec: EmittedPod } };
  };
  readonly [key: string]: unknown;
}

export interface EmittedPod {
  readonly containers: readonly EmittedContainer[];
  readonly initContainers?: readonly EmittedContainer[];
  readonly volumes: readonly { readonly name: string; readonly [source: string]: unknown }[];
  readonly terminationGracePeriodSeconds: number;
  readonly [key: string]: unknown;
}

export interface EmittedContainer {
  readonly name: string;
  readonly image: string;
  readonly args?: readonly string[];
  readonly env: readonly { readonly name: string; readonly value: string }[];
  readonly ports: readonly { readonly containerPort: number }[];
  readonly volumeMounts: readonly { readonly name: string; readonly mountPath: string }[];
  readonly livenessProbe?: unknown;
  readonly readinessProbe?: unknown;
  readonly startupProbe?: unknown;
  readonly [key: string]: unknown;
}

/** The objects of all manifests of a config that must resolve. */
export function emittedObjects(config: PlatformConfig): Emitted[] {
  return renderManifests({
    platform: platformOf(config),
    marker: 'Generated',
    artifacts: [],
    remember: makeAnew,
  })
    .filter(({ kind }) => kind === 'manifest')
    .flatMap(({ text }) =>
      parseAllDocuments(text, { version: '1.1' }).map((document) => document.toJS() as Emitted),
    );
}

export function platformOf(config: PlatformConfig): Platform {
  const [platform, diagnostics] = resolve(config);
  if (platform === undefined) throw new Error(JSON.stringify(diagnostics, null, 2));
  return platform;
}

/** The one object of a kind and name, in the functions' namespace unless said otherwise. */
export function objectIn(
  objects: readonly Emitted[],
  kind: string,
  name: string,
  namespace = 'openfaas-fn',
): Emitted {
  const found = objects.filter(
    (object) =>
      object.kind === kind &&
      object.metadata.name === name &&
      (object.metadata.namespace ?? namespace) === namespace,
  );
  const [only, ...more] = found;
  if (only === undefined || more.length > 0)
    throw new Error(`${found.length} of ${kind} ${namespace}/${name}`);
  return only;
}
