import { isDeepStrictEqual } from 'node:util';
import { meaningOf } from '../artifacts/meaning.ts';
import { directivesBelow } from '../nginx/find.ts';
import { minorOf } from '../platform/k3s/versions.ts';
import type { Dist } from '../verify/dist.ts';
import { kindOfDistPath } from '../verify/read/kind-of-path.ts';
import { type RolloutStep, shownChange } from './step.ts';

/** K3s reads these only when it creates a cluster, because pods and Services then have addresses from them. */
const settled = ['cluster-cidr', 'service-cidr', 'cluster-dns', 'flannel-ipv6-masq'];

/** The steps for the cluster as a whole. */
export function clusterSteps(before: Dist, after: Dist): RolloutStep[] {
  const [old, now] = [firstServer(before), firstServer(after)];
  const changed = (key: string) => !isDeepStrictEqual(old[key], now[key]);
  const show = (key: string) => shownChange(key, old[key], now[key]);
  return [
    { way: 'new-cluster', node: undefined, what: settled.filter(changed).map(show) },
    {
      way: 'by-hand',
      node: undefined,
      what: [
        ...renamed(before, after),
        ...versionGap(before.lock.k3s.version, after.lock.k3s.version),
        ...['flannel-backend']
          .filter(changed)
          .map((key) => `${show(key)}: run apply.sh on all nodes, then restart every machine, servers first`),
        ...otherOwner(before, after),
        ...secretsToMake(before, after),
        ...namesToPoint(before, after),
      ],
    },
    { way: 'push', node: undefined, what: pushed(before, after) },
  ];
}

function firstServer({ lock, nodes }: Dist): Readonly<Record<string, unknown>> {
  const first = lock.nodes.find(({ joins, role }) => joins === null && role === 'server');
  return nodes.find(({ name }) => name === first?.name)?.k3sConfig ?? {};
}

/** apply.sh refuses machines of a platform with another name, and cannot know that this one was renamed. */
function renamed({ lock: { platform: old } }: Dist, { lock: { platform: now } }: Dist): string[] {
  if (old === now) return [];
  return [
    `the platform ${old} → ${now}: on each machine, before apply.sh, echo ${now} >/var/lib/fjord/platform`,
  ];
}

/** apply.sh refuses such an upgrade, so this warns earlier. */
function versionGap(from: string, to: string): string[] {
  const minor = (version: string) => Number(minorOf(version).split('.')[1]);
  const skew = minor(to) - minor(from);
  if (skew === 0 || skew === 1) return [];
  const instead = skew > 1 ? `compile and apply 1.${minor(from) + 1} first` : 'keep the newer version';
  return [
    `apply.sh will refuse K3s ${from} → ${to}, because it goes one minor version up at a time and never down: ${instead}`,
  ];
}

/** K3s deletes objects that leave its file, even if another tool manages them. */
function otherOwner({ lock: { delivery: old } }: Dist, { lock: { delivery: now } }: Dist): string[] {
  if (old.mode === now.mode) {
    if (old.tool === now.tool) return [];
    return [`${old.tool} → ${now.tool}: ${removeTool(old.tool)}`];
  }
  return now.mode === 'gitops'
    ? [
        `delivery ${old.mode} → ${now.mode}: K3s deletes the objects of the manifests, and functions are down for minutes until ${now.tool} creates them from Git`,
      ]
    : [`delivery ${old.mode} → ${now.mode}: ${removeTool(old.tool)}`];
}

/** If the tool were removed together with its objects, it would delete the platform. */
function removeTool(tool: string | undefined): string {
  return `remove ${tool} first, but keep what it created (suspend it, then delete what watches the repository)`;
}

function pushed(before: Dist, after: Dist): string[] {
  if (after.lock.delivery.mode !== 'gitops') return [];
  const manifests = ({ texts }: Dist) =>
    [...texts]
      .filter(([path]) => path.startsWith('manifests/'))
      .map(([path, text]) => [path, meaningOf(kindOfDistPath(path) ?? 'text', text)])
      .sort();
  return isDeepStrictEqual(manifests(before), manifests(after)) ? [] : ['the manifests'];
}

/** Secrets that the manifests name for the first time, so nobody has created them yet. */
function secretsToMake(before: Dist, after: Dist): string[] {
  const byHand = ({ lock }: Dist) =>
    lock.secrets
      .filter(({ madeBy }) => madeBy === 'operator')
      .map(({ namespace, name }) => `${namespace}/${name}`);
  const known = byHand(before);
  const added = byHand(after).filter((secret) => !known.includes(secret));
  return added.map((secret) => `create the Secret ${secret} first: pods that name it wait for it`);
}

/** Domains that nginx serves for the first time. They get certificates once their DNS points here. */
function namesToPoint(before: Dist, after: Dist): string[] {
  const known = namesOf(before);
  const added = namesOf(after).filter((name) => !known.includes(name));
  return added.map((name) => `point the DNS of ${name} at the nodes`);
}

function namesOf({ nginx }: Dist): string[] {
  const names = nginx
    .flatMap(({ statements }) => directivesBelow(statements, 'server_name'))
    .flatMap(({ args }) => args);
  return [...new Set(names)].filter((name) => name !== '_' && !name.endsWith('.invalid')).sort();
}
