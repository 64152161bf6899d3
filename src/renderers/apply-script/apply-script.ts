import type { Artifact, NodeFile } from '../../artifacts/artifact.ts';
import { meaningOf } from '../../artifacts/meaning.ts';
import type { Remember } from '../../artifacts/remember.ts';
import { basicAuthSecret } from '../../constructs/openfaas/platform-secrets.ts';
import { copiesOf } from '../../platform/backups/room.ts';
import { endsAtBalancer, webPorts } from '../../platform/gateway/balancer.ts';
import { k3sPorts } from '../../platform/k3s/ports.ts';
import { diskBesides, logsOf } from '../../platform/logs/resolve.ts';
import { countedMemory } from '../../platform/nodes/capacity/reservations.ts';
import { joinTokens } from '../../platform/nodes/join-tokens.ts';
import type { Node } from '../../platform/nodes/node.ts';
import { ownFilesOf } from '../../platform/nodes/own-files.ts';
import { places } from '../../platform/nodes/places.ts';
import { noProxyOf } from '../../platform/nodes/proxy/calls.ts';
import type { Platform } from '../../platform/platform.ts';
import { backupPackages, isBackedUp } from '../node-files/backup-files.ts';
import { calendarOf } from '../node-files/maintenance.ts';
import { nodeFiles } from '../node-files/node-files.ts';
import { modulesFor } from '../node-files/system-files.ts';
import { tlsPackages } from '../node-files/tls.ts';
import type { Renderer, RenderInput } from '../renderer.ts';
import { shellWord } from '../shell-word.ts';
import { template } from '../template.ts';
import { nginxPackages, nginxPackageView } from './nginx-packages.ts';

const step = {
  head: template('apply-script/templates/head.sh.hbs'),
  preflight: template('apply-script/templates/preflight.sh.hbs'),
  disk: template('apply-script/templates/disk.sh.hbs'),
  proxy: template('apply-script/templates/proxy.sh.hbs'),
  packages: template('apply-script/templates/packages.sh.hbs'),
  files: template('apply-script/templates/files.sh.hbs'),
  firewall: template('apply-script/templates/firewall.sh.hbs'),
  system: template('apply-script/templates/system.sh.hbs'),
  nginxKeys: template('apply-script/templates/nginx-keys.sh.hbs'),
  nginxPackage: template('apply-script/templates/nginx-package.sh.hbs'),
  nginx: template('apply-script/templates/nginx.sh.hbs'),
  restore: template('apply-script/templates/restore.sh.hbs'),
  backup: template('apply-script/templates/backup.sh.hbs'),
  k3s: template('apply-script/templates/k3s.sh.hbs'),
  adminPassword: template('apply-script/templates/admin-password.sh.hbs'),
  certificate: template('apply-script/templates/certificate.sh.hbs'),
  alerts: template('apply-script/templates/alerts.sh.hbs'),
  tail: template('apply-script/templates/tail.sh.hbs'),
};

/** One script per node that brings it to the compiled state. User-data contains it; to change the node, run it again. */
export const renderApplyScripts: Renderer = ({ platform, ...input }) =>
  platform.nodes.map(
    (node): Artifact => ({
      path: applyScriptPath(node),
      kind: 'script',
      text: applyScript(platform, node, input),
      source: ['nodes', node.name],
    }),
  );

export function applyScriptPath(node: Node): string {
  return `nodes/${node.name}/apply.sh`;
}

function applyScript(
  platform: Platform,
  node: Node,
  { marker, artifacts, remember }: Omit<RenderInput, 'platform'>,
): string {
  const everything = { ...view(platform, node), marker };
  const all = nodeFiles(platform, node, marker, artifacts);
  const aptProxy = all.find(({ path }) => path === places.aptProxy);
  const files = all.filter((file) => file !== aptProxy);
  const makesAdminSecret = node.first && platform.openfaas.adminSecret === 'node';
  const nginxOrg =
    node.nginx && platform.gateway.packages !== 'distribution' && nginxPackageView(platform, node);
  return [
    step.head(everything),
    step.preflight(everything),
    step.disk(everything),
    ...(aptProxy ? [step.proxy(putView(aptProxy, remember))] : []),
    step.packages(everything),
    ...(nginxOrg ? [step.nginxKeys(nginxOrg)] : []),
    step.files({ ...everything, files: files.map((file) => putView(file, remember)) }),
    step.firewall(everything),
    ...(nginxOrg ? [step.nginxPackage(nginxOrg)] : []),
    step.system(everything),
    ...(isBackedUp(platform, node) ? [step.restore(everything)] : []),
    ...(node.nginx ? [step.nginx(everything)] : []),
    ...(isBackedUp(platform, node) ? [step.backup(everything)] : []),
    step.k3s(everything),
    ...(makesAdminSecret ? [step.adminPassword(everything)] : []),
    ...(everything.certificates ? [step.certificate(everything)] : []),
    ...(platform.alerts ? [step.alerts(everything)] : []),
    step.tail(everything),
  ].join('\n');
}

function view(platform: Platform, node: Node) {
  const { k3s, openfaas, maintenance } = platform;
  const isServer = node.role === 'server';
  // A + in a version must be encoded in the path of a release.
  const release = `${k3s.downloadFrom}/${encodeURIComponent(k3s.version)}`;
  const imagesName = `k3s-airgap-images-${node.arch}.tar.zst`;
  const binaryName = node.arch === 'amd64' ? 'k3s' : `k3s-${node.arch}`;
  return {
    platform: shellWord(platform.name),
    name: node.name,
    os: node.os,
    arch: node.arch,
    role: node.role,
    unit: isServer ? 'k3s' : 'k3s-agent',
    isServer,
    joins: node.joins ?? false,
    tokenFiles: node.tokens.map((token) => joinTokens[token].file),
    nginx: node.nginx,
    certificates: node.nginx && !endsAtBalancer(platform.gateway),
    ...cardOf(platform, node),
    restoresEtcd: isBackedUp(platform, node) && k3s.datastore === 'etcd',
    dualStack: k3s.ipv6 !== undefined,
    listensOn6: node.nginx && platform.gateway.ipv6 && k3s.ipv6 === undefined,
    nginxOn4: node.nginx && !platform.gateway.ipv6,
    resolvers: k3s.resolvers !== undefined,
    refusedResolvers: k3s.refusedResolvers.join(' '),
    packages: packagesFor(platform, node).join(' '),
    ...preflight(platform, node),
    dataDisk: node.dataDisk ?? false,
    ...proxyOf(platform, node),
    reboots: maintenance.reboots,
    calendar: calendarOf(maintenance, node),
    ownFiles: words(ownFilesOf(platform, node).map(({ path }) => path)),
    logins: words((k3s.registries?.access ?? []).flatMap(({ credentials }) => credentials ?? [])),
    hardened: k3s.hardened,
    modules: modulesFor(node).join(' '),
    kubeconfigGroup: isServer && (k3s.kubeconfigGroup ?? false),
    sysctlFile: places.sysctls,
    k3sVersion: shellWord(k3s.version),
    k3sMinor: k3s.minor.split('.')[1],
    binaryName,
    binaryUrl: shellWord(`${release}/${binaryName}`),
    checksumsUrl: shellWord(`${release}/sha256sum-${node.arch}.txt`),
    binarySha256: k3s.binarySha256[node.arch] ?? false,
    images: k3s.airgapImages && { name: imagesName, url: shellWord(`${release}/${imagesName}`) },
    listed: k3s.airgapImages || k3s.binarySha256[node.arch] === undefined,
    installerUrl: shellWord(k3s.installer.url),
    installerSha256: shellWord(k3s.installer.sha256),
    namespace: shellWord(openfaas.namespace),
    basicAuthSecret: shellWord(basicAuthSecret),
  };
}

/** The address whose network card flannel is to use. On the only node nothing is sent to others. */
function cardOf({ nodes }: Platform, { address, interface: card }: Node) {
  const asked = nodes.length > 1 && address !== undefined;
  return { address: asked && address, interface: card ?? false, findsCard: asked && card === undefined };
}

/** The proxy of what apply.sh downloads. */
function proxyOf(platform: Platform, { proxy }: Node) {
  return { proxy: proxy ?? false, noProxy: proxy !== undefined && noProxyOf(platform, proxy) };
}

/** As words of shell; false if there are none. */
function words(all: readonly string[]): string | false {
  return all.length > 0 && all.map(shellWord).join(' ');
}

const mib = 1024 ** 2;

/** Checks to pass before anything is changed. A system never sees all of the memory and disk of its plan. */
function preflight(platform: Platform, node: Node) {
  const k3s = node.role === 'server' ? [k3sPorts.api, k3sPorts.kubelet] : [k3sPorts.kubelet];
  const logs = Math.ceil(logsOf(platform, node) / mib);
  const copies = copiesOf(platform, node) / mib;
  const room = logs + copies + diskBesides / mib;
  return {
    memory: countedMemory(node.memory) / mib,
    cpus: node.cpus,
    logs,
    room,
    copies: copies > 0 && copies,
    keepMore: (platform.backups?.keep ?? 0) + 1,
    disk: Math.max(logs + diskBesides / mib, Math.floor(((node.disk ?? 0) * 0.9) / mib)),
    ports: [
      ...(node.nginx ? webPorts(platform.gateway) : []).map((port) => ({ port, program: 'nginx' })),
      ...k3s.map((port) => ({ port, program: 'k3s' })),
    ],
    fsyncLimit: node.fsyncLimit ?? false,
  };
}

/** View of a file that apply.sh writes on its node. */
function putView({ kind, ...file }: NodeFile, remember: Remember) {
  const meaning = remember(`meaning of ${kind}\n${file.text}`, () => meaningOf(kind, file.text));
  return { ...file, meaning, end: endOf(file.text) };
}

/** A delimiter for a here-document that is not a line of its text. */
function endOf(text: string): string {
  const lines = new Set(text.split('\n'));
  let end = 'END';
  while (lines.has(end)) end += '_';
  return end;
}

const everywhere = ['apparmor', 'ca-certificates', 'curl', 'nftables', 'unattended-upgrades'];
const withNginx = ['logrotate', 'openssl'];

/** The OS's packages that a node needs, sorted. */
function packagesFor(platform: Platform, node: Node): string[] {
  return [
    ...everywhere,
    ...(isBackedUp(platform, node) ? backupPackages : []),
    ...(node.nginx ? [...withNginx, ...nginxPackages(platform), ...tlsPackages(platform)] : []),
  ].sort();
}
