import type { k8s } from 'cdk8s-plus-28';
import type { PlatformFunction } from '../../platform/functions/function.ts';
import { ports } from '../../platform/openfaas/ports.ts';
import { parseMemory } from '../../units/amounts.ts';
import { httpProbe, quantities } from '../component.ts';
import { literalValue } from '../literal-value.ts';
import { restrictedContainer } from '../restricted.ts';

/** What a copy is counted with on its node's disk, unless it may not have as much. */
const usualDisk = '16Mi';

/** The provider finds a function's pods at this port, whatever its Service says. */

/** The one container of a function, by its name: the provider's logs ask for that. */
export function functionContainer(fn: PlatformFunction): k8s.Container {
  const health = (rest: Omit<k8s.Probe, 'httpGet'>) => httpProbe(fn.healthPath, ports.function, rest);
  return {
    name: fn.name,
    image: fn.image,
    imagePullPolicy: 'IfNotPresent',
    ports: [{ name: 'http', containerPort: ports.function, protocol: 'TCP' }],
    env: Object.entries(fn.env).map(([name, value]) => ({ name, value: literalValue(value) })),
    resources: {
      requests: quantities({
        cpu: fn.cpu.request,
        memory: fn.memory.request,
        'ephemeral-storage': parseMemory(fn.disk) < parseMemory(usualDisk) ? fn.disk : usualDisk,
      }),
      limits: quantities({
        ...(fn.cpu.limit !== undefined && { cpu: fn.cpu.limit }),
        memory: fn.memory.limit,
        'ephemeral-storage': fn.disk,
      }),
    },
    // Until it has answered once, a slow starter is not killed.
    startupProbe: health({ periodSeconds: 1, timeoutSeconds: 1, failureThreshold: 120 }),
    // A copy that is too busy to answer gets no more calls; it is replaced when that lasts.
    livenessProbe: health({ periodSeconds: 10, timeoutSeconds: 5, failureThreshold: 3 }),
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

export function functionVolumes(fn: PlatformFunction): k8s.Volume[] {
  const temp: k8s.Volume = { name: 'temp', emptyDir: {} };
  if (fn.secrets.length === 0) return [temp];
  const sources = fn.secrets.map((name) => ({ secret: { name } }));
  return [temp, { name: projectedSecrets(fn), projected: { sources } }];
}

/** The provider reads a function's secrets from the volume of exactly this name. */
function projectedSecrets(fn: PlatformFunction): string {
  return `${fn.name}-projected-secrets`;
}
