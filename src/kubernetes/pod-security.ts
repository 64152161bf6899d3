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

/** The fields of a pod that give rights. */
export interface SecuredPod {
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

/** A field of a pod for which Kubernetes would refuse it. */
export interface RefusedField {
  /** With its container's name, where it is a container's: `privileged of pay` */
  readonly field: string;
  readonly found: string;
  readonly wanted: string;
}

/** Why Kubernetes would not admit a pod at the level `restricted`: kubernetes.io, "Pod Security Standards". */
export function refusedFields(pod: SecuredPod): RefusedField[] {
  const containers = [...(pod.initContainers ?? []), ...pod.containers];
  const kinds = (pod.volumes ?? []).flatMap(({ name: _, ...source }) => Object.keys(source));
  return [
    ...(['hostNetwork', 'hostPID', 'hostIPC'] as const)
      .filter((field) => pod[field])
      .map((field) => refused(field, true, 'false')),
    ...(pod.securityContext?.sysctls?.length ? [refused('sysctls', 'set', 'empty')] : []),
    ...kinds
      .filter((kind) => !volumeKinds.includes(kind))
      .map((kind) => refused('the kind of a volume', kind, 'one that holds nothing of the node')),
    ...containers.flatMap((container) =>
      ofContainer(container, pod.securityContext ?? {}).map(({ field, ...rest }) => ({
        field: `${field} of ${container.name}`,
        ...rest,
      })),
    ),
  ];
}

function refused(field: string, found: unknown, wanted: string): RefusedField {
  return { field, found: found === undefined ? 'not set' : String(found), wanted };
}

function ofContainer(
  { securityContext: own = {}, ports = [] }: SecuredContainer,
  pod: Security,
): RefusedField[] {
  const { drop = [], add = [] } = own.capabilities ?? {};
  const seccomp = (own.seccompProfile ?? pod.seccompProfile)?.type;
  const nonRoot = own.runAsNonRoot ?? pod.runAsNonRoot;
  const user = own.runAsUser ?? pod.runAsUser;
  const hostPort = ports.find((port) => port.hostPort)?.hostPort;
  const fields: [isRefused: boolean, RefusedField][] = [
    [own.privileged === true, refused('privileged', true, 'false')],
    [
      own.allowPrivilegeEscalation !== false,
      refused('allowPrivilegeEscalation', own.allowPrivilegeEscalation, 'false'),
    ],
    [nonRoot !== true, refused('runAsNonRoot', nonRoot, 'true')],
    [user === 0, refused('runAsUser', user, 'another user than root')],
    [
      !['RuntimeDefault', 'Localhost'].includes(seccomp ?? ''),
      refused('seccompProfile', seccomp, 'RuntimeDefault or Localhost'),
    ],
    [!drop.includes('ALL'), refused('capabilities.drop', drop.join(', ') || undefined, 'ALL')],
    [
      add.some((capability) => capability !== 'NET_BIND_SERVICE'),
      refused('capabilities.add', add.join(', '), 'NET_BIND_SERVICE or nothing'),
    ],
    [(own.procMount ?? 'Default') !== 'Default', refused('procMount', own.procMount, 'Default')],
    [hostPort !== undefined, refused('hostPort', hostPort, 'not set')],
  ];
  return fields.filter(([isRefused]) => isRefused).map(([, field]) => field);
}
