import { compareReleases, minorOf } from './versions.ts';

/**
 * Keys that only some of the K3s releases have, with the first release of each minor that has them. Minors after the last
 * one here have the key; others that are not listed do not. From K3s' release notes.
 */
const k3sSince: Readonly<Record<string, readonly string[]>> = {
  'write-kubeconfig-name': ['v1.37.0+k3s1'],
  'helm-controller-arg': ['v1.33.13+k3s2', 'v1.34.10+k3s1', 'v1.35.7+k3s1', 'v1.36.3+k3s1', 'v1.37.0+k3s1'],
  /** A name with `*` in it. */
  'tls-san *': ['v1.36.3+k3s1', 'v1.37.0+k3s1'],
};

/** The first release that has a key or a form of its value; undefined if the given release has it. */
export function neededK3s(key: string, version: string): string | undefined {
  const since = k3sSince[key] ?? [];
  const newest = since.at(-1);
  if (newest === undefined || minorNumber(version) > minorNumber(newest)) return undefined;
  const ofMinor = since.find((release) => minorOf(release) === minorOf(version));
  if (ofMinor !== undefined && compareReleases(version, ofMinor) >= 0) return undefined;
  return ofMinor ?? since.find((release) => minorNumber(release) > minorNumber(version)) ?? newest;
}

function minorNumber(version: string): number {
  return Number(minorOf(version).split('.')[1]);
}
