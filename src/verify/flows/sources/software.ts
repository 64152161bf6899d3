import { places } from '../../../platform/nodes/places.ts';
import type { Dist } from '../../dist.ts';
import { shellOf } from '../../read/apply-script.ts';
import type { NamedFlow } from '../flow.ts';
import { urlsIn } from '../hosts-in-text.ts';
import { placeIn, sourcesOf } from '../mentions.ts';
import { mirrorsOf, systemRegistryOf } from '../mirrors.ts';

const request = {
  isHost: true,
  carries: 'request',
  enforced: false,
  from: 'every node',
} as const;

const asked = 'the address of the node, and the name and version of what it fetches';

/** Programs and packages that nodes fetch, and the time. */
export function softwareFlows(dist: Dist): NamedFlow[] {
  return [...k3sRelease(dist), ...packages(dist), ...time(dist), ...news(dist), ...charts(dist)];
}

/** The host of a URL, without its port, as it is found in any text. */
export function hostOfUrl(url: string): string {
  return urlsIn(url)[0]?.host ?? url;
}

function k3sRelease(dist: Dist): NamedFlow[] {
  const { intent, k3s } = dist.lock;
  const release = hostOfUrl(intent.k3s.downloads);
  const installer = hostOfUrl(k3s.installer.url);
  const flow = { ...request, data: asked, when: 'at the first start, and at upgrades of K3s' };
  return [
    {
      ...flow,
      id: `k3s/${release}`,
      to: release,
      why: `K3s ${k3s.version}${fetchesImages(dist) ? ' and its images' : ''}`,
      avoid: 'copy the release to a host of yours, and write k3s.downloadFrom',
      path: ['k3s', 'downloadFrom'],
    },
    ...(installer === release
      ? []
      : [
          {
            ...flow,
            id: `k3s-installer/${installer}`,
            to: installer,
            why: "K3s' installer, whose SHA-256 is known",
            avoid: 'copy it to a host of yours, and write k3s.installer',
            path: ['k3s', 'installer'],
          },
        ]),
  ];
}

/** True if K3s' own images come with its release. */
function fetchesImages({ nodes }: Dist): boolean {
  const script = nodes[0]?.files.get(places.applyScript)?.text ?? '';
  return /^images=\/var\/lib\/rancher\/k3s\/agent\/images\//m.test(shellOf(script));
}

/** The archives that the image of each operating system names, unless its provider changed them. */
const archives = {
  debian: ['deb.debian.org', 'security.debian.org'],
  ubuntu: ['archive.ubuntu.com', 'security.ubuntu.com'],
  'ubuntu-arm64': ['ports.ubuntu.com'],
} as const;

function packages({ lock }: Dist): NamedFlow[] {
  const hosts = lock.nodes.flatMap(
    ({ os, arch }) =>
      archives[os.startsWith('debian') ? 'debian' : arch === 'arm64' ? 'ubuntu-arm64' : 'ubuntu'],
  );
  const flow = { ...request, data: asked, when: 'at the first start, then every day' };
  const own = lock.gateway.packages.url;
  return [
    ...[...new Set(hosts)].sort().map((host) => ({
      ...flow,
      id: `packages/${host}`,
      to: host,
      why: 'packages and security updates of the operating system',
      avoid: 'install from an image whose sources name a mirror of yours, or write nodes.….proxy',
      path: ['nodes'],
    })),
    ...(own === undefined
      ? []
      : [
          {
            ...flow,
            id: `nginx/${hostOfUrl(own)}`,
            to: hostOfUrl(own),
            why: "nginx's own packages",
            avoid: "write gateway.packagesFrom, or gateway.packages: 'distribution'",
            path: ['gateway', 'packages'],
          },
        ]),
  ];
}

/** The servers that the operating system is built with. A provider may name its own by DHCP. */
function time({ lock }: Dist): NamedFlow[] {
  const hosts = lock.nodes.map(({ os }) =>
    os.startsWith('debian') ? 'debian.pool.ntp.org' : 'ntp.ubuntu.com',
  );
  return [...new Set(hosts)].sort().map((host) => ({
    ...request,
    id: `time/${host}`,
    to: host,
    data: 'the address of the node',
    when: 'every few minutes',
    why: 'the clock: certificates and logs need it',
    avoid:
      "write /etc/systemd/timesyncd.conf.d/, which is your own, or use a provider's time servers by DHCP",
    path: ['nodes'],
  }));
}

/** Ubuntu's message of the day. */
function news({ lock }: Dist): NamedFlow[] {
  if (!lock.nodes.some(({ os }) => os.startsWith('ubuntu'))) return [];
  return [
    {
      ...request,
      id: 'news/motd.ubuntu.com',
      to: 'motd.ubuntu.com',
      data: 'the address of the node, its release, kernel and processor',
      when: 'every 12 hours',
      why: 'the message of the day, which nobody needs',
      avoid: 'write ENABLED=0 in /etc/default/motd-news on the node, or use Debian',
      path: ['nodes'],
    },
  ];
}

/** Charts that K3s fetches by itself, and the images that Fjord cannot see in them. */
function charts(dist: Dist): NamedFlow[] {
  const { openfaas, delivery } = dist.lock;
  const all = [
    { chart: openfaas.chart, path: ['openfaas'] },
    { chart: delivery.chart, path: ['delivery', 'git'] },
  ];
  return all.flatMap(({ chart, path }) => {
    if (chart === undefined) return [];
    const host = hostOfUrl(chart.repository);
    const image = chartRegistries[chart.name];
    const flow = { ...request, from: 'the first server', data: asked, when: 'at the first start', path };
    return [
      {
        ...flow,
        id: `charts/${chart.name}/${host}`,
        to: host,
        why: `the chart ${chart.name} ${chart.version}`,
        avoid: 'use the native install, and delivery.mode: embedded',
      },
      ...(image === undefined ? [] : sourcesOf(`${image}/x`, dist)).map((to) => ({
        ...flow,
        from: 'every node',
        id: `chart-images/${chart.name}/${to}`,
        to,
        why: `the images that the chart ${chart.name} names, which Fjord cannot see`,
        avoid: 'write k3s.registries.mirrors and mirrorsOnly',
      })),
    ];
  });
}

/** Where the charts' images are, as their values have it. */
const chartRegistries: Readonly<Record<string, string>> = {
  openfaas: 'ghcr.io',
  flux2: 'ghcr.io',
  'argo-cd': 'quay.io',
};

/** Images, by the host that nodes fetch them from. */
export function imageFlows(dist: Dist): NamedFlow[] {
  const { lock } = dist;
  const functions = new Set(lock.functions.map(({ name }) => name));
  const groups = new Map<string, { host: string; own: boolean; users: string[]; image: string }>();
  const add = (host: string, own: boolean, user: string, image: string) => {
    const id = `${own ? 'function-images' : 'images'}/${host}`;
    const group = groups.get(id) ?? { host, own, users: [], image };
    group.users.push(user);
    groups.set(id, group);
  };
  const ofFunctions = lock.images.flatMap(({ image, usedBy }) => usedBy.map((user) => ({ image, user })));
  for (const { image, user } of ofFunctions) {
    const [namespace, name = ''] = user.split('/');
    const own = namespace === functionNamespace(dist) && functions.has(name);
    for (const host of sourcesOf(image, dist)) add(host, own, own ? name : user, image);
  }
  if (!fetchesImages(dist)) {
    for (const host of sourcesOf(`${systemRegistryOf(dist)}/rancher/x`, dist)) {
      add(host, false, "K3s' own parts", '');
    }
  }
  return [...groups].map(([id, { host, own, users, image }]) => ({
    ...request,
    id,
    to: host,
    data: own ? 'the code of functions, which lies there; the address of the node' : asked,
    carries: own ? 'yours' : 'request',
    when: 'when a pod starts on a node that has not got the image',
    why: `images of ${listed(users)}`,
    avoid: own
      ? 'push the images to a registry inside, or write k3s.registries.mirrors and mirrorsOnly'
      : 'copy the images to a registry inside, and write k3s.registries.mirrors and mirrorsOnly',
    enforced: onlyMirrors(dist),
    path: own ? ['functions', users[0] ?? '', 'image'] : ['openfaas', 'images'],
    ...(own && { artifact: placeIn(dist, 'stack.yaml', image) }),
  }));
}

/** True if containerd asks the mirrors and nobody else, whatever an image is called. */
function onlyMirrors({ nodes }: Dist): boolean {
  return nodes.map(mirrorsOf).every(({ endpoints, only }) => only && endpoints.has('*'));
}

/** The namespace of functions, as stack.yaml names it. */
export function functionNamespace({ stack }: Dist): string {
  return Object.values(stack.functions)[0]?.namespace ?? 'openfaas-fn';
}

function listed(users: readonly string[]): string {
  const all = [...new Set(users)].sort();
  return all.length > 6 ? `${all.slice(0, 5).join(', ')} and ${all.length - 5} others` : all.join(', ');
}
