import type { KernelConfig } from '../../config/kernel/kernel.ts';
import type { OperatingSystem } from '../../config/nodes/node.ts';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { report } from '../../diagnostics/report.ts';
import type { Sysctl } from '../nodes/node.ts';
import { operatingSystems } from '../nodes/operating-systems.ts';
import { sortedEntries } from '../sorted-entries.ts';
import { goneSysctls, isKnownSysctl, meantSysctl } from './known-sysctls.ts';
import { diagnosePorts, reservePorts } from './ports.ts';
import { diagnoseTogether, diagnoseValue } from './values.ts';

/** One setting of the profile. A `floor` is set only where the OS has no more; a `choice` is set always. */
interface ProfileSetting {
  readonly kind: 'floor' | 'choice';
  readonly value: string;
  readonly reason: string;
}

const serverless: Readonly<Record<string, ProfileSetting>> = {
  'fs.file-max': { kind: 'floor', value: '2097152', reason: 'open files of all processes' },
  'fs.inotify.max_user_instances': {
    kind: 'floor',
    value: '8192',
    reason: 'each container needs one; with the usual 128 a full node cannot start more pods',
  },
  'fs.inotify.max_user_watches': { kind: 'floor', value: '524288', reason: 'files that containers watch' },
  'net.netfilter.nf_conntrack_max': {
    kind: 'floor',
    value: '262144',
    reason: 'connections that the packet filter tracks; K3s uses 32768 per core if that is more',
  },
  'net.core.somaxconn': { kind: 'floor', value: '4096', reason: 'connections that wait to be accepted' },
  'net.ipv4.tcp_max_syn_backlog': { kind: 'floor', value: '4096', reason: 'unfinished handshakes' },
  'net.ipv4.tcp_tw_reuse': {
    kind: 'choice',
    value: '1',
    reason: 'new outgoing connections may reuse ports in TIME_WAIT',
  },
  'vm.max_map_count': {
    kind: 'floor',
    value: '262144',
    reason: 'memory areas of a process',
  },
  'vm.swappiness': { kind: 'choice', value: '1', reason: 'swap only to avoid running out of memory' },
};

/** What the profile may set. */
export const profileKeys: readonly string[] = Object.keys(serverless);

/** The sysctls of a node: the profile's, where they improve on the OS, and over them the user's own. */
export function resolveSysctls(
  kernel: KernelConfig,
  node: string,
  os: OperatingSystem,
  own: Parameters<typeof reservePorts>[1],
): readonly [Sysctl[], Diagnostic[]] {
  const { title, sysctlDefaults } = operatingSystems[os];
  const profile = kernel.profile === 'none' ? {} : serverless;
  const diagnostics: Diagnostic[] = [];
  const byKey = new Map<string, Sysctl>();

  for (const [key, setting] of Object.entries(profile)) {
    const ours = sysctlDefaults[key];
    const kept = setting.kind === 'floor' && ours !== undefined && BigInt(ours) > BigInt(setting.value);
    byKey.set(key, {
      key,
      value: kept ? undefined : setting.value,
      reason: kept ? `${title} has ${ours}; ${setting.value} would lower it` : setting.reason,
    });
  }

  for (const [key, written] of sortedEntries(kernel.sysctl)) {
    const value = String(written);
    const ours = sysctlDefaults[key];
    const floor = serverless[key]?.kind === 'floor';
    const fits = diagnoseValue(key, value).length === 0;
    if (floor && fits && ours !== undefined && isWhole(value) && BigInt(value) < BigInt(ours)) {
      const params = { key, value, ours, os: title, node };
      diagnostics.push(report('resolve/sysctl-lowers', ['kernel', 'sysctl', key], params));
    }
    diagnostics.push(...overridden(key, value));
    byKey.set(key, { key, value, reason: writtenReason });
  }

  for (const setting of reservePorts(kernel.sysctl ?? {}, own)) byKey.set(setting.key, setting);
  return [[...byKey.values()].sort((a, b) => (a.key < b.key ? -1 : 1)), diagnostics];
}

/** The comment on a line that the config sets. */
export const writtenReason = 'from kernel.sysctl';

/** What K3s sets when it starts, whatever was there: pkg/agent/syssetup of its source. */
const setByK3s: Readonly<Record<string, string>> = {
  'net.bridge.bridge-nf-call-iptables': '1',
  'net.ipv4.conf.all.forwarding': '1',
  'net.ipv4.conf.default.forwarding': '1',
  'net.ipv4.ip_forward': '1',
  'net.netfilter.nf_conntrack_tcp_timeout_close_wait': '3600',
  'net.netfilter.nf_conntrack_tcp_timeout_established': '86400',
};

function overridden(key: string, value: string): Diagnostic[] {
  const other = setByK3s[key];
  if (other === undefined || other === value) return [];
  return [report('resolve/sysctl-overridden', ['kernel', 'sysctl', key], { key, value, by: 'K3s', other })];
}

function isWhole(value: string): boolean {
  return /^-?\d+$/.test(value);
}

/**
 * Reports settings that a node does not have and values that its kernel refuses: `sysctl --load` would fail on them, and so
 * would the first boot.
 */
export function diagnoseSysctls(
  { sysctl = {} }: KernelConfig,
  own: Parameters<typeof diagnosePorts>[1],
): Diagnostic[] {
  return [
    ...sortedEntries(sysctl).flatMap(([key, value]) => {
      const path = ['kernel', 'sysctl', key];
      const gone = Object.hasOwn(goneSysctls, key) ? goneSysctls[key] : undefined;
      if (gone !== undefined) return [report('resolve/sysctl-gone', path, { key, ...gone }, { at: 'key' })];
      const meant = meantSysctl(key);
      if (meant !== undefined)
        return [report('resolve/sysctl-misspelt', path, { key, meant }, { at: 'key' })];
      if (!isKnownSysctl(key)) return [report('resolve/sysctl-unknown', path, { key }, { at: 'key' })];
      return diagnoseValue(key, String(value));
    }),
    ...diagnosePorts(sysctl, own),
    ...diagnoseTogether(sysctl),
  ];
}
