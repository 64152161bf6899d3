import type { PlatformConfig } from '../../config/platform-config.ts';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { report } from '../../diagnostics/report.ts';
import { sortedEntries } from '../sorted-entries.ts';
import { kubeletSysctls } from './hardening.ts';

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
