import type { PlatformConfig } from '../../config/platform-config.ts';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { report } from '../../diagnostics/report.ts';
import { sortedEntries } from '../sorted-entries.ts';

/** What the kubelet wants the kernel to be when it protects its defaults; it does not start otherwise. */
export const kubeletSysctls: Readonly<Record<string, string>> = {
  'kernel.panic': '10',
  'kernel.panic_on_oops': '1',
  'vm.overcommit_memory': '1',
  'vm.panic_on_oom': '0',
};

/** A kernel setting of one's own must not be another than the one that a protecting kubelet insists on. */
export function checkHardening(config: PlatformConfig): Diagnostic[] {
  if (config.k3s?.hardening !== 'cis') return [];
  return sortedEntries(config.kernel?.sysctl).flatMap(([key, value]) => {
    const needed = kubeletSysctls[key];
    if (needed === undefined || String(value) === needed) return [];
    const params = { key, value: String(value), needed };
    return [report('resolve/sysctl-against-hardening', ['kernel', 'sysctl', key], params)];
  });
}
