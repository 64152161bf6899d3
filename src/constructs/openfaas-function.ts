import { k8s } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import type { PlatformFunction } from '../platform/platform-function.ts';
import { formatDuration } from '../units/duration.ts';
import { httpProbe, quantities } from './component.ts';
import { InternalService } from './internal-service.ts';
import { restrictedContainer, restrictedPod } from './restricted.ts';
import { isScaled } from './scaling-rules.ts';

export interface OpenFaasFunctionProps {
  readonly namespace: string;
  readonly fn: PlatformFunction;
}

/** The provider finds a function's pods at this port, whatever its Service says. */
const port = 8080;
/** The user that the provider itself gives to functions when they must not be root. */
const nonRootUser = 12_000;
/** Time for the last caller to see that a copy is leaving, before it stops taking calls. */
const leaveNotice = 5000;

/**
 * A function as the community edition lists, invokes, scales and logs it: Deployment, Service, `faas_function`
 * label and first container all carry its name.
 */
export class OpenFaasFunction extends Construct {
  constructor(scope: Construct, id: string, { namespace, fn }: OpenFaasFunctionProps) {
    super(scope, id);
    const labels = { faas_function: fn.name };

    new k8s.KubeDeployment(this, 'deployment', {
      metadata: { name: fn.name, namespace, labels },
      spec: {
        ...(!isScaled(fn) && { replicas: fn.replicas.min }),
        revisionHistoryLimit: 10,
        selector: { matchLabels: labels },
        strategy: {
          type: 'RollingUpdate',
          rollingUpdate: {
            maxSurge: k8s.IntOrString.fromNumber(1),
            maxUnavailable: k8s.IntOrString.fromNumber(0),
          },
        },
        template: {
          metadata: {
            labels: {
              ...labels,
              'com.openfaas.scale.min': String(fn.replicas.min),
              'com.openfaas.scale.max': String(fn.replicas.max),
            },
            annotations: { 'prometheus.io.scrape': 'false' },
          },
          spec: {
            automountServiceAccountToken: false,
            enableServiceLinks: false,
            securityContext: restrictedPod(nonRootUser),
            terminationGracePeriodSeconds: Math.ceil((fn.timeout + 2 * leaveNotice) / 1000),
            containers: [container(fn)],
            volumes: volumes(fn),
          },
        },
      },
    });
    new InternalService(this, 'service', {
      namespace,
      name: fn.name,
      selector: 'faas_function',
      port,
      portName: 'http',
    });
  }
}

function container(fn: PlatformFunction): k8s.Container {
  // The server gives a call a moment more than the function gets, so that its answer still leaves.
  const server = formatDuration(fn.timeout + 1000);
  const env = {
    ...fn.env,
    exec_timeout: formatDuration(fn.timeout),
    read_timeout: server,
    write_timeout: server,
    healthcheck_interval: formatDuration(leaveNotice),
  };
  const health = (rest: Omit<k8s.Probe, 'httpGet'>) => httpProbe('/_/health', port, rest);
  return {
    name: fn.name,
    image: fn.image,
    imagePullPolicy: 'IfNotPresent',
    ports: [{ name: 'http', containerPort: port, protocol: 'TCP' }],
    env: Object.entries(env)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, value]) => ({ name, value })),
    resources: {
      requests: quantities({ cpu: fn.cpu.request, memory: fn.memory.request }),
      limits: quantities({
        ...(fn.cpu.limit !== undefined && { cpu: fn.cpu.limit }),
        memory: fn.memory.limit,
      }),
    },
    // Until it has answered once, a slow starter is not killed.
    startupProbe: health({ periodSeconds: 1, timeoutSeconds: 1, failureThreshold: 120 }),
    livenessProbe: health({ periodSeconds: 2, timeoutSeconds: 1, failureThreshold: 3 }),
    readinessProbe: health({ periodSeconds: 2, timeoutSeconds: 1, failureThreshold: 3 }),
    securityContext: restrictedContainer(fn.readOnlyRootFilesystem),
    volumeMounts: [
      { name: 'temp', mountPath: '/tmp' },
      ...(fn.secrets.length > 0
        ? [{ name: projectedSecrets(fn), mountPath: '/var/openfaas/secrets', readOnly: true }]
        : []),
    ],
  };
}

function volumes(fn: PlatformFunction): k8s.Volume[] {
  const temp: k8s.Volume = { name: 'temp', emptyDir: {} };
  if (fn.secrets.length === 0) return [temp];
  const sources = fn.secrets.map((name) => ({ secret: { name } }));
  return [temp, { name: projectedSecrets(fn), projected: { sources } }];
}

/** The provider reads a function's secrets from the volume of exactly this name. */
function projectedSecrets(fn: PlatformFunction): string {
  return `${fn.name}-projected-secrets`;
}
