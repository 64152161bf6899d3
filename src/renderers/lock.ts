import { createHash } from 'node:crypto';
import type { Artifact } from '../artifacts/artifact.ts';
import { basicAuthSecret, licenceSecret } from '../constructs/openfaas/platform-secrets.ts';
import { imagesOf } from '../platform/delivery/manifests/diagnose.ts';
import { titleOf } from '../platform/delivery/manifests/own-object.ts';
import { secretsOf } from '../platform/delivery/manifests/references.ts';
import { endsAtBalancer } from '../platform/gateway/balancer.ts';
import { connectionMemory } from '../platform/gateway/memory.ts';
import { logsOf } from '../platform/logs/resolve.ts';
import type { Opening } from '../platform/nodes/openings.ts';
import { ownFilesOf } from '../platform/nodes/own-files.ts';
import type { OpenFaas } from '../platform/openfaas/openfaas.ts';
import { openfaasChart } from '../platform/openfaas/openfaas.ts';
import type { Platform } from '../platform/platform.ts';
import { formatDuration } from '../units/amounts.ts';
import { readVersion } from '../version.ts';
import { nginxOrgKeys } from './apply-script/nginx-packages.ts';
import { intentOf } from './lock-intent.ts';
import type { Renderer } from './renderer.ts';
import { templatesDigest } from './template.ts';

/** The lock file: all versions, images and digests that the platform pins, and all files with their hashes. */
export const renderLock: Renderer = ({ platform, marker, artifacts }) => [
  {
    path: 'platform.lock.json',
    kind: 'lock',
    text: `${JSON.stringify(
      {
        generated: marker,
        fjord: { version: readVersion(), templates: templatesDigest },
        platform: platform.name,
        k3s: {
          version: platform.k3s.version,
          // If null, apply.sh checks against the list that the release publishes.
          binarySha256: Object.fromEntries(
            [...new Set(platform.nodes.map(({ arch }) => arch))]
              .sort()
              .map((arch) => [arch, platform.k3s.binarySha256[arch] ?? null]),
          ),
          installer: { url: platform.k3s.installer.url, sha256: platform.k3s.installer.sha256 },
        },
        nodes: platform.nodes.map(
          ({
            name,
            provider,
            os,
            arch,
            role,
            joins,
            address,
            address6,
            externalAddress,
            sshPort,
            nginx,
            ...node
          }) => ({
            name,
            provider,
            os,
            arch,
            role,
            joins: joins ?? null,
            addresses: [address, address6, externalAddress].filter((one) => one !== undefined),
            ...(externalAddress !== undefined && { externalAddress }),
            sshPort,
            ...openPorts(node.openings),
            nginx,
            memory: node.memory,
            cpus: node.cpus,
            disk: node.disk ?? null,
            ...(node.dataDisk && { dataDisk: node.dataDisk }),
            ...(node.proxy && { proxy: { url: node.proxy.url, except: node.proxy.except } }),
            ...ownFiles(platform, name),
            userDataLimit: node.userDataLimit,
          }),
        ),
        openfaas: runtime(platform),
        gateway: {
          packages: nginxPackages(platform),
          ...(!platform.gateway.ipv6 && { ipv6: false }),
          ...(endsAtBalancer(platform.gateway) && { tlsEndedBy: 'load-balancer' as const }),
          ...(platform.gateway.reachableFrom && { reachableFrom: platform.gateway.reachableFrom }),
          ...gatewayMemory(platform),
          // Longer calls are cut off when a pod or nginx stops.
          stopWithin: formatDuration(platform.timeouts.stop),
        },
        functions: platform.functions.map(({ name, exposed }) => ({ name, exposed })),
        logs: logSizes(platform),
        delivery: delivery(platform),
        ...(platform.k3s.allowedRegistries && { allowedRegistries: platform.k3s.allowedRegistries }),
        ...(platform.sovereignty && { sovereignty: platform.sovereignty }),
        ...(Object.keys(platform.places).length > 0 && { places: platform.places }),
        intent: intentOf(platform),
        ...ownManifests(platform),
        images: images(platform),
        secrets: secrets(platform),
        artifacts: artifacts.map(entry),
      },
      null,
      2,
    )}\n`,
    source: [],
  },
];

/** The files that the node's owner provides, if there are any. */
function ownFiles(platform: Platform, name: string) {
  const node = platform.nodes.find((each) => each.name === name);
  const files = node === undefined ? [] : ownFilesOf(platform, node);
  return (
    files.length > 0 && { ownFiles: files.map(({ line, ...file }) => ({ ...file, line: line ?? null })) }
  );
}

/** Left out for a node that only opens SSH, to everyone. */
function openPorts(openings: readonly Opening[]) {
  const isUsual = openings.every(({ reason, networks }) => reason === 'SSH' && networks === undefined);
  return isUsual ? {} : { openings: openings.map((one) => ({ ...one, networks: one.networks ?? null })) };
}

/** The edition of OpenFaaS, and its chart unless our manifests install it. */
function runtime({ openfaas: { edition, install } }: Platform): unknown {
  return { edition, install, ...(install === 'helm' && { chart: openfaasChart }) };
}

/** The source of nginx; for nginx.org, with the keys that its packages must be signed with. */
function nginxPackages({ gateway: { packages, packagesFrom } }: Platform): unknown {
  return packages === 'distribution'
    ? { source: packages }
    : { source: packages, url: packagesFrom, keys: nginxOrgKeys };
}

/** The most memory that nginx can use on a node, in bytes, whatever clients do, and the limits that systemd sets. */
function gatewayMemory({ gateway }: Platform) {
  const { workers, connections, requests, requestMemory, worstMemory, memoryLimit } = gateway;
  return { workers, connections, requests, connectionMemory, requestMemory, worstMemory, memoryLimit };
}

/** The most disk that logs can use on a node, in bytes. */
function logSizes(platform: Platform) {
  const { nginx, journal, containers, refused } = platform.logs;
  return {
    nginx: nginx.total,
    journal,
    containers,
    refused,
    nodes: Object.fromEntries(platform.nodes.map((node) => [node.name, logsOf(platform, node)])),
  };
}

/** The delivery of manifests to the cluster. */
function delivery({ delivery }: Platform): unknown {
  const { mode, scripts } = delivery;
  const gitOps = mode === 'gitops' && { tool: delivery.tool, chart: delivery.chart };
  return { mode, ...gitOps, ...(scripts !== undefined && { scripts }) };
}

function entry({ path, text }: Artifact): unknown {
  const bytes = Buffer.from(text);
  return { path, sha256: createHash('sha256').update(bytes).digest('hex'), size: bytes.length };
}

/** The images that pods run, each with the workloads that run it, and its digest if the config pins one. */
function images({ openfaas, functions, manifests }: Platform): unknown {
  // The chart's version determines the images of Pro.
  const parts: [string, string][] = openfaas.edition === 'pro' ? [] : communityParts(openfaas);
  const users = new Map<string, string[]>();
  const use = (image: string, workload: string) => users.set(image, [...(users.get(image) ?? []), workload]);
  for (const [name, image] of parts) use(image, `${openfaas.namespace}/${name}`);
  for (const { name, image } of functions) use(image, `${openfaas.functionNamespace}/${name}`);
  for (const { name } of functions.flatMap(({ schedules }) => schedules)) {
    use(openfaas.images.curl, `${openfaas.namespace}/${name}`);
  }
  for (const { object } of manifests) {
    for (const { image } of imagesOf(object)) use(image, `${object.namespace}/${object.name}`);
  }
  return [...users]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([image, usedBy]) => ({ image, digest: /@(.+)$/.exec(image)?.[1] ?? null, usedBy }));
}

/** The community edition's parts and their images. */
function communityParts(openfaas: OpenFaas): [string, string][] {
  return [
    ['gateway', openfaas.images.gateway],
    ['gateway', openfaas.images.provider],
    ...(openfaas.install === 'native' ? [['gateway', openfaas.images.curl] as [string, string]] : []),
    ['prometheus', openfaas.images.prometheus],
    ...(openfaas.autoscaling ? [['alertmanager', openfaas.images.alertmanager] as [string, string]] : []),
    ...(openfaas.async
      ? ([
          ['nats', openfaas.images.nats],
          ['queue-worker', openfaas.images.queueWorker],
          ...(openfaas.install === 'native' ? [['queue-worker', openfaas.images.curl]] : []),
        ] as [string, string][])
      : []),
  ];
}

/** The Secrets that manifests name, and who creates each: a node at first boot, or the operator by hand. */
function secrets({ openfaas, functions, delivery, k3s, manifests }: Platform): unknown {
  const byHand = [...new Set(functions.flatMap((fn) => fn.secrets))].sort();
  return [
    { namespace: openfaas.namespace, name: basicAuthSecret, madeBy: openfaas.adminSecret },
    ...(openfaas.edition === 'pro'
      ? [{ namespace: openfaas.namespace, name: licenceSecret, madeBy: 'operator' }]
      : []),
    ...byHand.map((name) => ({ namespace: openfaas.functionNamespace, name, madeBy: 'operator' })),
    ...(delivery.mode === 'gitops' && delivery.secret !== undefined
      ? [{ namespace: delivery.namespace, name: delivery.secret, madeBy: 'operator' }]
      : []),
    ...(k3s.snapshots?.s3Secret === undefined
      ? []
      : [{ namespace: 'kube-system', name: k3s.snapshots.s3Secret, madeBy: 'operator' }]),
    ...ownSecrets(manifests),
  ];
}

/** Those that pods of the user's own name, each once. */
function ownSecrets(manifests: Platform['manifests']) {
  const names = manifests.flatMap(({ object }) =>
    secretsOf(object).map((name) => [object.namespace ?? '', name] as const),
  );
  return [...new Map(names.map((pair) => [pair.join('/'), pair]))]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, [namespace, name]]) => ({ namespace, name, madeBy: 'operator' }));
}

/** The user's own objects, by the file that they are from. */
function ownManifests({ manifests }: Platform) {
  const names = [...new Set(manifests.map(({ manifest }) => manifest))].sort();
  const objectsOf = (name: string) =>
    manifests.filter(({ manifest }) => manifest === name).map(({ object }) => titleOf(object));
  return names.length > 0 && { manifests: Object.fromEntries(names.map((name) => [name, objectsOf(name)])) };
}
