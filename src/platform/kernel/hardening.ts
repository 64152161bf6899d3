import type { PlatformConfig } from '../../config/platform-config.ts';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { report } from '../../diagnostics/report.ts';
import { sortedEntries } from '../sorted-entries.ts';

/**
 * Kernel settings that the kubelet makes when it starts, or without which it does not start when it protects its defaults:
 * `setupKernelTunables` of its source.
 */
export const kubeletSysctls: Readonly<Record<string, string>> = {
  'kernel.keys.root_maxbytes': '25000000',
  'kernel.keys.root_maxkeys': '1000000',
  'kernel.panic': '10',
  'kernel.panic_on_oops': '1',
  'vm.overcommit_memory': '1',
  'vm.panic_on_oom': '0',
};

/** Reports kernel settings of the user's that the kubelet overwrites, or does not start with when it protects its defaults. */
export function diagnoseHardening(config: PlatformConfig): Diagnostic[] {
  return sortedEntries(config.kernel?.sysctl).flatMap(([key, written]) => {
    const needed = kubeletSysctls[key];
    const value = String(written);
    if (needed === undefined || value === needed) return [];
    const path = ['kernel', 'sysctl', key];
    return config.k3s?.hardening === 'cis'
      ? [report('resolve/sysctl-against-hardening', path, { key, value, needed })]
      : [report('resolve/sysctl-overridden', path, { key, value, by: 'the kubelet', other: needed })];
  });
}

/** Reports kernel settings that switch off IPv6 where the cluster has it. */
export function diagnoseIpv6Disabled({ k3s, kernel }: PlatformConfig): Diagnostic[] {
  if (k3s?.ipv6 === undefined) return [];
  return sortedEntries(kernel?.sysctl)
    .filter(([key, value]) => /^net\.ipv6\.conf\.[^.]+\.disable_ipv6$/.test(key) && String(value) !== '0')
    .map(([key]) => report('resolve/ipv6-disabled', ['kernel', 'sysctl', key], { key }));
}
