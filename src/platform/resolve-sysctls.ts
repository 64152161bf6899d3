import type { KernelConfig } from '../config/kernel-config.ts';
import type { OperatingSystem } from '../config/node-config.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { report } from '../diagnostics/report.ts';
import type { Sysctl } from './node.ts';
import { operatingSystems } from './operating-systems.ts';
import { sortedEntries } from './sorted-entries.ts';
import { rangeMissed } from './sysctl-ranges.ts';

/** One setting of the profile. A `floor` is set only where the OS has no more; a `choice` is set always. */
interface ProfileSetting {
  readonly kind: 'floor' | 'choice';
  readonly value: string;
  readonly reason: string;
  /** Set where the OS's own value is not known: high enough to lower none. */
  readonly whereUnknown?: string;
}

const serverless: Readonly<Record<string, ProfileSetting>> = {
  'fs.file-max': { kind: 'floor', value: '2097152', reason: 'open files of all processes together' },
  'fs.inotify.max_user_instances': {
    kind: 'floor',
    value: '8192',
    reason: 'each container takes one; at the usual 128 a dense node stops starting pods',
  },
  'fs.inotify.max_user_watches': { kind: 'floor', value: '524288', reason: 'files that containers watch' },
  'net.core.somaxconn': { kind: 'floor', value: '4096', reason: 'connections that wait to be accepted' },
  'net.ipv4.tcp_max_syn_backlog': { kind: 'floor', value: '4096', reason: 'handshakes under way' },
  'net.ipv4.tcp_tw_reuse': {
    kind: 'choice',
    value: '1',
    reason: 'new outgoing connections may take over ports that are in TIME_WAIT',
  },
  'vm.max_map_count': {
    kind: 'floor',
    value: '262144',
    reason: 'memory areas of a process',
    whereUnknown: '1048576',
  },
  'vm.swappiness': { kind: 'choice', value: '1', reason: 'swap only to avoid running out of memory' },
};

/** The sysctls of a node: the profile's, where they improve on the OS, and over them the user's own. */
export function resolveSysctls(
  kernel: KernelConfig,
  node: string,
  os: OperatingSystem,
): readonly [Sysctl[], Diagnostic[]] {
  const { title, sysctlDefaults } = operatingSystems[os];
  const profile = kernel.profile === 'none' ? {} : serverless;
  const diagnostics: Diagnostic[] = [];
  const byKey = new Map<string, Sysctl>();

  for (const [key, setting] of Object.entries(profile)) {
    const ours = sysctlDefaults[key];
    const kept = setting.kind === 'floor' && ours !== undefined && BigInt(ours) > BigInt(setting.value);
    const value = ours === undefined ? (setting.whereUnknown ?? setting.value) : setting.value;
    byKey.set(key, {
      key,
      value: kept ? undefined : value,
      reason: kept ? `${title} has ${ours}; ${setting.value} would lower it` : setting.reason,
    });
  }

  for (const [key, written] of sortedEntries(kernel.sysctl)) {
    const value = String(written);
    const ours = sysctlDefaults[key];
    const floor = serverless[key]?.kind === 'floor';
    const range = rangeMissed(key, value);
    if (range !== undefined) {
      const params = { key, value, least: range[0], most: range[1] };
      diagnostics.push(report('resolve/sysctl-out-of-range', ['kernel', 'sysctl', key], params));
    } else if (floor && ours !== undefined && isWhole(value) && BigInt(value) < BigInt(ours)) {
      const params = { key, value, ours, os: title, node };
      diagnostics.push(report('resolve/sysctl-lowers', ['kernel', 'sysctl', key], params));
    }
    byKey.set(key, { key, value, reason: 'from kernel.sysctl' });
  }

  return [[...byKey.values()].sort((a, b) => (a.key < b.key ? -1 : 1)), diagnostics];
}

function isWhole(value: string): boolean {
  return /^-?\d+$/.test(value);
}
