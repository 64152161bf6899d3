import { kubeletSysctls } from '../../../platform/kernel/hardening.ts';
import { reservedKey } from '../../../platform/kernel/ports.ts';
import { profileKeys } from '../../../platform/kernel/sysctls.ts';
import { places } from '../../../platform/nodes/places.ts';
import type { Dist, DistNode } from '../../dist.ts';
import { shellOf } from '../../read/apply-script.ts';
import { type RegistriesBack, registriesOf } from '../../read/registries.ts';

/** One thing that the lock file says was meant, beside what the files say. */
export type Statement = readonly [what: string, meant: unknown, found: unknown];

/** Who logs in on a node, where it takes things from, and how its kernel and K3s are set. */
export function ofNode({ lock }: Dist, node: DistNode): Statement[] {
  const { name, k3sConfig, role, sysctls, files } = node;
  const { ssh, k3s, kernel } = lock.intent;
  const sshd = files.get(places.sshd)?.text ?? '';
  // sshd listens on every one that it is told.
  const ports = [...sshd.matchAll(/^Port (\d+)$/gm)].map(([, port]) => Number(port));
  const known = new Set([
    ...profileKeys,
    reservedKey,
    ...Object.keys(kernel),
    ...(isHardened(node) ? Object.keys(kubeletSysctls) : []),
  ]);
  const { mirrors = {}, configs = {} } = registriesOf(files);
  return [
    [`who logs in on ${name}`, ssh[name], loginOf(node)],
    [`that ${name} takes keys alone`, ssh[name] !== null, keysAlone.every((line) => line.test(sshd))],
    [
      `the ports of SSH on ${name}`,
      [lock.nodes.find((one) => one.name === name)?.sshPort],
      ports.length === 0 ? [22] : ports,
    ],
    [
      `the kernel of ${name}`,
      kernel,
      picked(sysctls, (key) => Object.hasOwn(kernel, key) || !known.has(key)),
    ],
    [`where ${name} takes images from`, k3s.mirrors, mirrors],
    [`where ${name} logs in for images`, k3s.logins ?? {}, loginsIn(configs)],
    [`that ${name} has one registries.yaml`, true, hasOneRegistries(node)],
    [`whom pods of ${name} ask for names`, k3s.resolvers, resolversOf(node)],
    [`in which domains pods of ${name} look for names`, k3s.searchDomains ?? [], searchDomainsOf(node)],
    [
      `the disk with the data of K3s on ${name}`,
      lock.nodes.find((one) => one.name === name)?.dataDisk,
      dataDiskOf(node),
    ],
    [
      `where other networks reach ${name}`,
      lock.nodes.find((one) => one.name === name)?.externalAddress,
      k3sConfig['node-external-ip'],
    ],
    [`how much the kubelet of ${name} may hold`, k3s.kubelet ?? [], kubeletHolds(node)],
    [`the hardening of ${name}`, k3s.hardening, isHardened(node) ? 'cis' : 'none'],
    ...(role === 'agent'
      ? []
      : ([
          [
            `who reads the kubeconfig of ${name}`,
            k3s.kubeconfig,
            { mode: k3sConfig['write-kubeconfig-mode'], group: k3sConfig['write-kubeconfig-group'] ?? null },
          ],
          [`how pods of ${name} reach others`, k3s.overlay, k3sConfig['flannel-backend'] ?? 'vxlan'],
        ] satisfies Statement[])),
  ];
}

/** Its arguments for pods and images. */
function kubeletHolds({ k3sConfig }: DistNode): string[] {
  return [k3sConfig['kubelet-arg'] ?? []]
    .flat()
    .map(String)
    .filter((argument) => /^(max-pods|image-gc-(high|low)-threshold)=/.test(argument));
}

function loginsIn(configs: NonNullable<RegistriesBack['configs']>) {
  return Object.fromEntries(
    Object.entries(configs).map(([registry, { auth, tls }]) => [
      registry,
      { ...(auth && { auth: auth.auth === `@${registry}@` }), ...(tls && { ca: tls.ca_file }) },
    ]),
  );
}

/** K3s' own file, or the one that apply.sh makes it of. */
function hasOneRegistries({ files }: DistNode): boolean {
  const isMade = /^put_registries$/m.test(shellOf(files.get(places.applyScript)?.text ?? ''));
  return files.has(places.registriesBase) ? isMade && !files.has(places.registries) : !isMade;
}

/** What sshd must be told where the config names keys. */
const keysAlone = [
  /^PasswordAuthentication no$/m,
  /^KbdInteractiveAuthentication no$/m,
  /^PermitRootLogin prohibit-password$/m,
];

/** All of it, for a node's role: the arguments of each other the schema of K3s' configuration knows. */
function isHardened({ k3sConfig, files, role }: DistNode): boolean {
  const needed = [places.kubeletSysctls, ...(role === 'server' ? [places.admission, places.audit] : [])];
  return k3sConfig['protect-kernel-defaults'] === true && needed.every((file) => files.has(file));
}

function resolversOf({ files }: DistNode): string[] | undefined {
  const text = files.get(places.resolvConf)?.text;
  return text === undefined
    ? undefined
    : [...text.matchAll(/^nameserver (.+)$/gm)].map(([, resolver = '']) => resolver);
}

/** What is mounted there at each boot, if K3s waits for it. */
function dataDiskOf({ files, role }: DistNode): string | undefined {
  const dropIn = files.get(role === 'server' ? places.k3sDropIn : places.k3sAgentDropIn)?.text ?? '';
  const device = /^What=(.+)$/m.exec(files.get(places.dataMount)?.text ?? '')?.[1];
  return /^RequiresMountsFor=\/var\/lib\/rancher$/m.test(dropIn) ? device : undefined;
}

function searchDomainsOf({ files }: DistNode): string[] {
  const text = files.get(places.resolvConf)?.text ?? '';
  return /^search (.+)$/m.exec(text)?.[1]?.split(' ') ?? [];
}

function picked(values: Readonly<Record<string, string>>, wanted: (key: string) => boolean) {
  return Object.fromEntries(Object.entries(values).filter(([key]) => wanted(key)));
}

function loginOf({ login }: DistNode): unknown {
  const { users, ssh_authorized_keys: keys } = login as {
    readonly users?: readonly unknown[];
    readonly ssh_authorized_keys?: readonly string[];
  };
  const [, user] = (users ?? []) as readonly {
    readonly name?: string;
    readonly ssh_authorized_keys?: unknown;
  }[];
  if (user !== undefined) return { user: user.name, keys: user.ssh_authorized_keys };
  return keys === undefined ? null : { user: null, keys };
}
