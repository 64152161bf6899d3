import type { PlatformConfig } from '../config/platform-config.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { report } from '../diagnostics/report.ts';
import { overlaps, parseCidr } from '../units/cidr.ts';
import type { K3s } from './k3s.ts';
import { compareReleases, defaultK3s, isKubernetesMinor, minorOf, newestK3s } from './k3s-versions.ts';

export const defaultClusterCidr = '10.42.0.0/16';
export const defaultServiceCidr = '10.43.0.0/16';

/** An installer script that has been read, by the commit that it stands at. */
const defaultInstaller = {
  url: 'https://raw.githubusercontent.com/k3s-io/k3s/2d0f82fa2f933cd227fe38e1482558ce4769f464/install.sh',
  sha256: 'ed01f89fd977bf20ac1516bbebf8370bf3ddbaa55dac8aba610956a4c78cc00b',
};

/** K3s with its defaults. */
export function resolveK3s(config: PlatformConfig): readonly [K3s, Diagnostic[]] {
  const written = config.k3s ?? {};
  const diagnostics: Diagnostic[] = [];
  const version = written.version ?? defaultK3s;
  const minor = minorOf(version);
  const known = isKubernetesMinor(minor) ? minor : undefined;
  const k3s: K3s = {
    version,
    minor: known ?? '1.36',
    clusterCidr: written.clusterCidr ?? defaultClusterCidr,
    serviceCidr: written.serviceCidr ?? defaultServiceCidr,
    kubeconfigMode: written.kubeconfigMode ?? '0600',
    binarySha256: { amd64: written.binarySha256?.amd64, arm64: written.binarySha256?.arm64 },
    downloadFrom: written.downloadFrom ?? 'https://github.com/k3s-io/k3s/releases/download',
    installer: written.installer ?? defaultInstaller,
  };

  if (known === undefined) {
    const minors = Object.keys(newestK3s);
    diagnostics.push(report('resolve/k3s-minor-unknown', ['k3s', 'version'], { version, minors }));
  } else if (compareReleases(version, newestK3s[known]) < 0) {
    diagnostics.push(report('resolve/k3s-behind', ['k3s', 'version'], { version, newest: newestK3s[known] }));
  }
  if (k3s.kubeconfigMode === '0644') {
    diagnostics.push(report('resolve/kubeconfig-readable', ['k3s', 'kubeconfigMode'], undefined));
  }
  if (overlaps(parseCidr(k3s.clusterCidr), parseCidr(k3s.serviceCidr))) {
    const at = written.serviceCidr === undefined ? 'clusterCidr' : 'serviceCidr';
    diagnostics.push(
      report('resolve/ranges-overlap', ['k3s', at], { pods: k3s.clusterCidr, services: k3s.serviceCidr }),
    );
  }
  return [k3s, diagnostics];
}
