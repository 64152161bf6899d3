import { isDeepStrictEqual } from 'node:util';
import type { Diagnostic } from '../../../diagnostics/diagnostic.ts';
import { report } from '../../../diagnostics/report.ts';
import { directivesBelow } from '../../../nginx/find.ts';
import { kubeletSysctls } from '../../../platform/kernel/hardening.ts';
import { reservedKey } from '../../../platform/kernel/ports.ts';
import { profileKeys } from '../../../platform/kernel/sysctls.ts';
import { places } from '../../../platform/nodes/places.ts';
import type { Dist, DistNode } from '../../dist.ts';
import { platformDomains, redirectsOf } from '../../nginx/domains.ts';
import { guardOf, type Way, waysOf } from '../../nginx/gateway-ways.ts';
import { headersForAll } from '../../nginx/headers-for-all.ts';
import { healthPaths } from '../../nginx/health.ts';
import { comparedOrigins, originsOf } from '../../nginx/origins.ts';
import { shellOf } from '../../read/apply-script.ts';
import { type RegistriesBack, registriesOf } from '../../read/registries.ts';
import type { Rule } from '../rule.ts';

/** One thing that the lock file says was meant, beside what the files say. */
type Statement = readonly [what: string, meant: unknown, found: unknown];

/**
 * Who logs in, who is let in and where things come from is as the lock file says: what another config could say, nobody
 * says by editing one file.
 */
export const asMeant: Rule = {
  name: 'as-meant',
  harm: 'ownership',
  loss: 'Somebody could log in, be let in or deliver software by editing one file of dist/.',
  check: (dist) => [
    ...dist.nodes.flatMap((node) => contradictions(ofNode(dist, node), node.path)),
    ...contradictions(ofGateway(dist), 'nginx/openfaas.conf'),
    ...contradictions(ofGit(dist), 'gitops/20-source.yaml'),
  ],
};

function contradictions(statements: readonly Statement[], path: string): Diagnostic[] {
  return statements
    .filter(([, meant, found]) => !isDeepStrictEqual(meant, found))
    .map(([what, meant, found]) =>
      report(
        'verify/not-as-meant',
        [],
        { what, meant: shown(meant), found: shown(found) },
        { artifact: { path } },
      ),
    );
}

function shown(value: unknown): string {
  return value === undefined || value === null ? 'nothing' : JSON.stringify(value);
}

function ofNode({ lock }: Dist, node: DistNode): Statement[] {
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

function ofGateway(dist: Dist): Statement[] {
  const { gateway, functions } = dist.lock.intent;
  if (dist.nginx.length === 0) return [];
  const ways = waysOf(dist);
  return [
    ['whom nginx believes about addresses', gateway.trustedProxies, trustedIn(dist)],
    ['who has no limits', gateway.exempt, exemptIn(dist)],
    ['the other domains of the platform', gateway.aliases ?? [], platformDomains(dist, ways)],
    ['the domains that lead to another', gateway.redirects ?? {}, redirectsOf(dist)],
    ['where health checks are answered', [gateway.healthPath ?? []].flat(), healthPaths(dist)],
    ['the headers of answers', gateway.headers ?? {}, headersForAll(dist)],
    ['who reaches the administration', gateway.admin, adminIn(ways)],
    [
      'the sites that read other answers',
      [],
      originsOf(
        dist,
        ways.filter(({ name }) => name === undefined),
      ),
    ],
    ...Object.entries(functions).flatMap(
      ([name, { domains, paths, networks, auth, origins }]): Statement[] => {
        const own = ways.filter((way) => way.name === name && !way.internal);
        const guards = own.map((way) => guardOf(way, ways));
        const others = guards.filter((guard) => !isDeepStrictEqual(guard, { networks, auth }));
        return [
          [`by what paths ${name} is reached`, paths, pathsIn(own)],
          [`by what domains ${name} is reached`, domains, domainsIn(own)],
          [
            `the sites that read answers of ${name}`,
            origins ?? [],
            comparedOrigins(originsOf(dist, own), origins),
          ],
          [`who may call ${name}`, { networks, auth }, others[0] ?? { networks, auth }],
        ];
      },
    ),
  ];
}

function trustedIn({ nginx }: Dist): unknown {
  const said = (name: string) =>
    nginx.flatMap(({ statements }) => directivesBelow(statements, name)).flatMap(({ args }) => args[0] ?? []);
  const networks = said('set_real_ip_from');
  return networks.length === 0 ? null : { header: said('real_ip_header')[0], networks: networks.sort() };
}

function exemptIn({ nginx }: Dist): string[] {
  return nginx
    .flatMap(({ statements }) => directivesBelow(statements, 'geo'))
    .filter(({ args }) => args[0] === '$openfaas_exempt')
    .flatMap(({ block = [] }) => block)
    .flatMap((entry) => ('directive' in entry && entry.args[0] === '1' ? [entry.directive] : []))
    .sort();
}

function adminIn(ways: readonly Way[]): unknown {
  const admin = ways.filter(({ path }) => path === '/system/').map((way) => guardOf(way, ways));
  const [first] = admin;
  if (first === undefined) return null;
  return { networks: first.networks, clientCertificate: first.auth?.kind === 'certificate' };
}

function pathsIn(ways: readonly Way[]): string[] {
  const own = ways.filter(({ path }) => path !== '/' && !/^\/(async-)?function\//.test(path));
  return [...new Set(own.map(({ path }) => path.replace(/\/$/, '')))].sort();
}

function domainsIn(ways: readonly Way[]): string[] {
  return [...new Set(ways.filter(({ path }) => path === '/').map(({ domain }) => domain))].sort();
}

function ofGit({ objects, lock }: Dist): Statement[] {
  if (lock.delivery.mode === 'embedded') return [['the Git repository', lock.intent.git, null]];
  const spec = (kind: string) =>
    objects.find((object) => object.kind === kind)?.body.spec as GitSpec | undefined;
  const flux = spec('GitRepository');
  const argo = spec('Application')?.source;
  const found = flux
    ? {
        repository: flux.url,
        branch: flux.ref?.branch,
        path: spec('Kustomization')?.path?.replace(/^\.\//, ''),
      }
    : { repository: argo?.repoURL, branch: argo?.targetRevision, path: argo?.path };
  const { repository, branch, path } = lock.intent.git ?? {};
  return [['the Git repository', { repository, branch, path }, found]];
}

interface GitSpec {
  readonly url?: string;
  readonly ref?: { readonly branch?: string };
  readonly path?: string;
  readonly source?: { readonly repoURL?: string; readonly targetRevision?: string; readonly path?: string };
}
