/** The Kubernetes minors on offer: each has schemas for its manifests and a newest K3s release known to Fjord. */
export type KubernetesMinor = '1.33' | '1.34' | '1.35' | '1.36' | '1.37';

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

/** `'1.36'` of `'v1.36.5+k3s1'`. */
export function minorOf(version: string): string {
  return version.slice(1).split('.', 2).join('.');
}

export function isKubernetesMinor(minor: string): minor is KubernetesMinor {
  return Object.hasOwn(newestK3s, minor);
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
