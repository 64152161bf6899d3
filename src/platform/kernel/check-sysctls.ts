import type { KernelConfig } from '../../config/kernel/kernel.ts';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { report } from '../../diagnostics/report.ts';
import { sortedEntries } from '../sorted-entries.ts';
import { goneSysctls } from './gone-sysctls.ts';
import { isKnownSysctl, isNumeric, meantSysctl } from './sysctl-keys.ts';

/** Whether nodes have the settings: `sysctl --load` fails at one that is not there, and with it the first boot. */
export function checkSysctls({ sysctl }: KernelConfig): Diagnostic[] {
  return sortedEntries(sysctl).flatMap(([key, value]) => {
    const path = ['kernel', 'sysctl', key];
    const gone = Object.hasOwn(goneSysctls, key) ? goneSysctls[key] : undefined;
    if (gone !== undefined) return [report('resolve/sysctl-gone', path, { key, ...gone }, { at: 'key' })];
    const meant = meantSysctl(key);
    if (meant !== undefined) return [report('resolve/sysctl-misspelt', path, { key, meant }, { at: 'key' })];
    if (!isKnownSysctl(key)) return [report('resolve/sysctl-unknown', path, { key }, { at: 'key' })];
    const isWord = isNumeric(key) && !/^-?\d+( -?\d+)*$/.test(String(value));
    return isWord ? [report('resolve/sysctl-not-a-number', path, { key, value: String(value) })] : [];
  });
}
