import type { Architecture } from '../../config/nodes/node.ts';
import type { KubernetesMinor } from '../../kubernetes/minors.ts';

/** The newest release of each minor when this version of Fjord was made. */
export const newestK3s: Readonly<Record<KubernetesMinor, string>> = {
  '1.33': 'v1.33.13+k3s2',
  '1.34': 'v1.34.12+k3s1',
  '1.35': 'v1.35.9+k3s1',
  '1.36': 'v1.36.5+k3s1',
  '1.37': 'v1.37.1+k3s1',
};

/** K3s' stable channel when this version of Fjord was made. */
export const defaultK3s = newestK3s['1.36'];

/**
 * SHA-256 of K3s' binaries, by release and processor. A release that is changed after the fact, with the list of hashes
 * that it publishes itself, no longer fits these.
 *
 * K3s signs nothing, so a hash is here only if two projects that have nothing to do with each other pinned the same one,
 * in October 2026, each for its own use. v1.36.5+k3s1 for amd64: github.com/fleetlyrun/fleetly,
 * `e2e/dind-k3s.sh`, and github.com/sloper-ai/cucina, `deploy/aws-e2e/env/variables.tf`. For the other releases and for
 * arm64 there was one such place or none.
 */
export const k3sHashes: Readonly<Record<string, Readonly<Partial<Record<Architecture, string>>>>> = {
  'v1.36.5+k3s1': { amd64: 'd73847bcd3c5fccef0115b372e2f9a91f3032dc84bbf71518a4617565294d313' },
};

/** `'1.36'` of `'v1.36.5+k3s1'`. */
export function minorOf(version: string): string {
  return version.slice(1).split('.', 2).join('.');
}

export function isKubernetesMinor(minor: string): minor is KubernetesMinor {
  return Object.hasOwn(newestK3s, minor);
}

/** Kubernetes has three minors a year, at most 20 patches of one (1.18), and K3s few releases of a patch. */
const mostBeyond = { minors: 6, patch: 30, revision: 9 };

/** The part of a release that makes it one that cannot exist, or `undefined`. */
export function impossibleIn(version: string): string | undefined {
  const minor = Number(minorOf(version).slice('1.'.length));
  const newest = Math.max(...Object.keys(newestK3s).map((known) => Number(known.slice('1.'.length))));
  const [patch = 0, revision = 0] = releaseNumbers(version);
  if (minor > newest + mostBeyond.minors) return `Kubernetes is not at 1.${minor} for years`;
  if (patch > mostBeyond.patch) return `no minor has had ${patch} patches`;
  return revision > mostBeyond.revision ? `no patch has been released ${revision} times` : undefined;
}

/** Negative when `a` is the older of two releases of one minor. */
export function compareReleases(a: string, b: string): number {
  const [patchA = 0, revisionA = 0] = releaseNumbers(a);
  const [patchB = 0, revisionB = 0] = releaseNumbers(b);
  return patchA - patchB || revisionA - revisionB;
}

function releaseNumbers(version: string): number[] {
  return (/^v1\.\d+\.(\d+)\+k3s(\d+)$/.exec(version) ?? []).slice(1).map(Number);
}
