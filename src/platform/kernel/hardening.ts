import type { PlatformConfig } from '../../config/platform-config.ts';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { report } from '../../diagnostics/report.ts';
import { sortedEntries } from '../sorted-entries.ts';

/** Kernel settings without which the kubelet does not start when it protects its defaults. */
export const kubeletSysctls: Readonly<Record<string, string>> = {
  'kernel.panic': '10',
  'kernel.panic_on_oops': '1',
  'vm.overcommit_memory': '1',
  'vm.panic_on_oom': '0',
};

/** Reports kernel settings of the user's that differ from what a protecting kubelet needs. */
export function diagnoseHardening(config: PlatformConfig): Diagnostic[] {
  if (config.k3s?.hardening !== 'cis') return [];
  return sortedEntries(config.kernel?.sysctl).flatMap(([key, value]) => {
    const needed = kubeletSysctls[key];
    if (needed === undefined || String(value) === needed) return [];
    const params = { key, value: String(value), needed };
    return [report('resolve/sysctl-against-hardening', ['kernel', 'sysctl', key], params)];
  });
}
