import type { PodSpec } from './body.ts';

interface Security {
  readonly runAsNonRoot?: boolean;
  readonly runAsUser?: number;
  readonly seccompProfile?: { readonly type?: string };
  readonly allowPrivilegeEscalation?: boolean;
  readonly privileged?: boolean;
  readonly procMount?: string;
  readonly capabilities?: { readonly drop?: readonly string[]; readonly add?: readonly string[] };
  readonly sysctls?: readonly unknown[];
  readonly readOnlyRootFilesystem?: boolean;
}

interface SecuredContainer {
  readonly name: string;
  readonly securityContext?: Security;
  readonly ports?: readonly { readonly hostPort?: number }[];
}

interface SecuredPod {
  readonly securityContext?: Security;
  readonly hostNetwork?: boolean;
  readonly hostPID?: boolean;
  readonly hostIPC?: boolean;
  readonly containers: readonly SecuredContainer[];
  readonly initContainers?: readonly SecuredContainer[];
  readonly volumes?: readonly { readonly name: string }[];
}

const volumeKinds = [
  'configMap',
  'csi',
  'downwardAPI',
  'emptyDir',
  'ephemeral',
  'persistentVolumeClaim',
  'projected',
  'secret',
];

/** Why Kubernetes would not admit a pod at the level `restricted`: kubernetes.io, "Pod Security Standards". */
export function restrictedProblems(spec: PodSpec): string[] {
  const pod: SecuredPod = spec;
  const containers = [...(pod.initContainers ?? []), ...pod.containers];
  return [
    ...(pod.hostNetwork || pod.hostPID || pod.hostIPC ? ['it shares a namespace with its node'] : []),
    ...(pod.securityContext?.sysctls?.length ? ['it sets sysctls'] : []),
    ...(pod.volumes ?? [])
      .flatMap(({ name: _, ...source }) => Object.keys(source))
      .filter((kind) => !volumeKinds.includes(kind))
      .map((kind) => `it has a volume of the kind ${kind}`),
    ...containers.flatMap((container) =>
      containerProblems(container, pod.securityContext ?? {}).map(
        (problem) => `${container.name} ${problem}`,
      ),
    ),
  ];
}

function containerProblems(
  { securityContext: own = {}, ports = [] }: SecuredContainer,
  pod: Security,
): string[] {
  const { drop = [], add = [] } = own.capabilities ?? {};
  const seccomp = (own.seccompProfile ?? pod.seccompProfile)?.type ?? '';
  const problems: [boolean, string][] = [
    [own.privileged === true, 'is privileged'],
    [own.allowPrivilegeEscalation !== false, 'may gain privileges'],
    [(own.runAsNonRoot ?? pod.runAsNonRoot) !== true, 'may run as root'],
    [(own.runAsUser ?? pod.runAsUser) === 0, 'runs as root'],
    [!['RuntimeDefault', 'Localhost'].includes(seccomp), 'has no seccomp profile'],
    [!drop.includes('ALL'), 'keeps capabilities'],
    [add.some((capability) => capability !== 'NET_BIND_SERVICE'), 'adds capabilities'],
    [(own.procMount ?? 'Default') !== 'Default', 'sees all of /proc'],
    [ports.some(({ hostPort }) => hostPort), 'takes a port of its node'],
  ];
  return problems.filter(([is]) => is).map(([, problem]) => problem);
}
