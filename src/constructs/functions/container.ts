import type { k8s } from 'cdk8s-plus-28';
import type { PlatformFunction } from '../../platform/functions/function.ts';
import { ports } from '../../platform/openfaas/ports.ts';
import { parseMemory } from '../../units/amounts.ts';
import { httpProbe, quantities } from '../component.ts';
import { literalValue } from '../literal-value.ts';
import { restrictedContainer } from '../restricted.ts';

/** Disk that the scheduler reserves for a copy, unless the copy's limit is lower. */
const usualDisk = '16Mi';

/** The provider calls a function's pods on this port, whatever port the Service has. */

/** A function's only container. It has the function's name, because the provider reads logs by that name. */
export function functionContainer(fn: PlatformFunction): k8s.Container {
  const health = (rest: Omit<k8s.Probe, 'httpGet'>) => httpProbe(fn.healthPath, ports.function, rest);
  return {
    name: fn.name,
    image: fn.image,
    imagePullPolicy: 'IfNotPresent',
    ...startOf(fn),
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
    // A slow starter has 120 s for its first answer before it is killed.
    startupProbe: health({ periodSeconds: 1, timeoutSeconds: 1, failureThreshold: 120 }),
    // A copy that is too busy to answer gets no more calls, and is restarted if that lasts.
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

/** The container's command and arguments, if they are not its image's own. */
export function startOf({ command, args }: PlatformFunction): { command?: string[]; args?: string[] } {
  return {
    ...(command && { command: command.map(literalValue) }),
    ...(args && { args: args.map(literalValue) }),
  };
}

export function functionVolumes(fn: PlatformFunction): k8s.Volume[] {
  const temp: k8s.Volume = { name: 'temp', emptyDir: {} };
  if (fn.secrets.length === 0) return [temp];
  const sources = fn.secrets.map((name) => ({ secret: { name } }));
  return [temp, { name: projectedSecrets(fn), projected: { sources } }];
}

/** The name of the volume with a function's secrets. The provider looks for exactly this name. */
function projectedSecrets(fn: PlatformFunction): string {
  return `${fn.name}-projected-secrets`;
}
