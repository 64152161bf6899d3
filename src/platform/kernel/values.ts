import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { report } from '../../diagnostics/report.ts';
import { reservedKey } from './ports.ts';

const int = 2 ** 31 - 1;
/** Seconds that the kernel counts in ticks; a kernel with 1,000 a second takes this many, and one with fewer takes more. */
const seconds = 2_147_483;

/**
 * What the kernel takes for settings of one number, found by writing each into Linux 6.18 and compared with 6.1, the oldest
 * that nodes run. Those that take any number are left out.
 */
const ranges: readonly (readonly [least: number, most: number, prefix: string, names: string])[] = [
  [0, 1, 'net.ipv4.', 'icmp_echo_ignore_all icmp_echo_ignore_broadcasts icmp_ignore_bogus_error_responses'],
  [0, 1, 'net.ipv4.', 'tcp_autocorking tcp_ecn_fallback tcp_migrate_req tcp_no_ssthresh_metrics_save'],
  [0, 2, 'net.ipv4.', 'tcp_ecn tcp_tw_reuse'],
  [0, 4, 'net.ipv4.', 'tcp_early_retrans'],
  [
    0,
    255,
    'net.ipv4.',
    'ip_early_demux ip_no_pmtu_disc ip_nonlocal_bind tcp_abort_on_overflow tcp_dsack tcp_early_demux tcp_frto tcp_keepalive_probes tcp_moderate_rcvbuf tcp_mtu_probing tcp_no_metrics_save tcp_orphan_retries tcp_recovery tcp_retries1 tcp_retries2 tcp_rfc1337 tcp_sack tcp_slow_start_after_idle tcp_synack_retries tcp_syncookies tcp_thin_linear_timeouts tcp_timestamps tcp_window_scaling',
  ],
  [0, 1000, 'net.ipv4.', 'tcp_pacing_ca_ratio tcp_pacing_ss_ratio'],
  [1024, 65_535, 'net.ipv4.', 'ip_local_port_range'],
  [1, 127, 'net.ipv4.', 'tcp_syn_retries'],
  [1, 255, 'net.ipv4.', 'ip_default_ttl tcp_min_tso_segs'],
  [1, 300, 'net.ipv4.', 'tcp_reordering'],
  [48, 65_535, 'net.ipv4.', 'tcp_min_snd_mss tcp_mtu_probe_floor'],
  [1, int, 'net.ipv4.', 'tcp_max_reordering udp_rmem_min udp_wmem_min'],
  [0, seconds, 'net.ipv4.', 'tcp_fin_timeout tcp_keepalive_intvl tcp_keepalive_time'],
  [0, 1, 'net.netfilter.', 'nf_conntrack_acct nf_conntrack_checksum nf_conntrack_tcp_be_liberal'],
  [0, 1, 'net.netfilter.', 'nf_conntrack_tcp_loose'],
  [0, 255, 'net.netfilter.', 'nf_conntrack_log_invalid nf_conntrack_tcp_max_retrans'],
  [0, int, 'net.core.', 'optmem_max somaxconn'],
  [2048, int, 'net.core.', 'rmem_default rmem_max'],
  [4096, int, 'net.core.', 'wmem_default wmem_max'],
  [0, int, 'fs.', 'inotify.max_queued_events inotify.max_user_instances inotify.max_user_watches'],
  [0, 1, 'fs.', 'protected_hardlinks protected_symlinks'],
  [0, 2, 'fs.', 'protected_fifos protected_regular suid_dumpable'],
  [1, int, 'fs.', 'mount-max'],
  [0, 1, 'kernel.', 'dmesg_restrict sched_autogroup_enabled timer_migration'],
  [0, 2, 'kernel.', 'kptr_restrict randomize_va_space unprivileged_bpf_disabled'],
  [0, 3, 'kernel.', 'yama.ptrace_scope'],
  [301, 4_194_304, 'kernel.', 'pid_max'],
  [0, 2, 'vm.', 'overcommit_memory panic_on_oom'],
  [0, 20, 'vm.', 'page-cluster'],
  [0, 100, 'vm.', 'compaction_proactiveness dirty_background_ratio dirty_ratio min_slab_ratio'],
  [0, 100, 'vm.', 'min_unmapped_ratio'],
  [0, 200, 'vm.', 'swappiness'],
  [0, 1000, 'vm.', 'extfrag_threshold'],
  [1, 1024, 'vm.', 'watermark_scale_factor'],
  [0, int, 'vm.', 'max_map_count vfs_cache_pressure watermark_boost_factor'],
];

/** The range of each such setting. */
export const valueRanges: readonly (readonly [key: string, range: readonly [least: number, most: number]])[] =
  ranges.flatMap(([least, most, prefix, names]) =>
    names.split(' ').map((name) => [prefix + name, [least, most]] as const),
  );

const rangeOf = new Map(valueRanges);

/** Settings of several numbers: how many, and whether none may be smaller than the one before it. */
const rows: Readonly<Record<string, { readonly count: number; readonly rising?: true }>> = {
  'kernel.printk': { count: 4 },
  'kernel.sem': { count: 4 },
  'net.ipv4.ip_local_port_range': { count: 2, rising: true },
  'net.ipv4.ping_group_range': { count: 2 },
  'net.ipv4.tcp_mem': { count: 3, rising: true },
  'net.ipv4.tcp_rmem': { count: 3, rising: true },
  'net.ipv4.tcp_wmem': { count: 3, rising: true },
  'net.ipv4.udp_mem': { count: 3, rising: true },
};

/** Words that the kernels of all systems on offer know, as their own or as a module that they load by themselves. */
const words: Readonly<Record<string, readonly string[]>> = {
  'net.core.default_qdisc': 'cake codel fq fq_codel fq_pie pfifo_fast pie sfq'.split(' '),
  'net.ipv4.tcp_congestion_control':
    'bbr bic cdg cubic dctcp highspeed htcp hybla illinois lp nv reno scalable vegas veno westwood yeah'.split(
      ' ',
    ),
};

/** Settings that hold any text, or lists that are read elsewhere. */
const texts: ReadonlySet<string> = new Set([
  'kernel.core_pattern',
  'kernel.domainname',
  'kernel.hostname',
  'net.ipv4.tcp_allowed_congestion_control',
  reservedKey,
]);

/** Settings of which the first may not be more than the second: the kernel then halves it, or forgets too early. */
const pairs: readonly (readonly [smaller: string, larger: string])[] = [
  ['net.ipv4.neigh.default.gc_thresh1', 'net.ipv4.neigh.default.gc_thresh2'],
  ['net.ipv4.neigh.default.gc_thresh2', 'net.ipv4.neigh.default.gc_thresh3'],
  ['net.ipv6.neigh.default.gc_thresh1', 'net.ipv6.neigh.default.gc_thresh2'],
  ['net.ipv6.neigh.default.gc_thresh2', 'net.ipv6.neigh.default.gc_thresh3'],
  ['net.core.rmem_default', 'net.core.rmem_max'],
  ['net.core.wmem_default', 'net.core.wmem_max'],
  ['vm.dirty_background_bytes', 'vm.dirty_bytes'],
  ['vm.dirty_background_ratio', 'vm.dirty_ratio'],
];

/** Of each two the kernel keeps the one that is written last, and sets the other to zero. */
const either: readonly (readonly [string, string])[] = [
  ['vm.dirty_bytes', 'vm.dirty_ratio'],
  ['vm.dirty_background_bytes', 'vm.dirty_background_ratio'],
  ['vm.overcommit_kbytes', 'vm.overcommit_ratio'],
];

/** Reports a value that the kernel refuses, so that `sysctl --load` and with it the first boot would fail. */
export function diagnoseValue(key: string, value: string): Diagnostic[] {
  const path = ['kernel', 'sysctl', key];
  const known = words[key];
  if (known !== undefined) {
    return known.includes(value) ? [] : [report('resolve/sysctl-not-a-word', path, { key, value, known })];
  }
  if (texts.has(key)) return [];
  if (!/^-?\d+( -?\d+)*$/.test(value)) return [report('resolve/sysctl-not-a-number', path, { key, value })];
  const numbers = value.split(' ').map(Number);
  const { count, rising } = rows[key] ?? { count: 1 };
  if (numbers.length !== count && key !== 'vm.lowmem_reserve_ratio') {
    return [report('resolve/sysctl-count', path, { key, count, written: numbers.length })];
  }
  if (rising && numbers.some((number, index) => number < (numbers[index - 1] ?? number))) {
    return [report('resolve/sysctl-not-rising', path, { key, value })];
  }
  const [least, most] = rangeOf.get(key) ?? [-(2n ** 63n), 2n ** 64n - 1n];
  const isOut = value.split(' ').some((number) => BigInt(number) < least || BigInt(number) > most);
  return isOut
    ? [report('resolve/sysctl-out-of-range', path, { key, value, least: `${least}`, most: `${most}` })]
    : [];
}

/** Reports settings that are each right, but not together. */
export function diagnoseTogether(sysctl: Readonly<Record<string, string | number>>): Diagnostic[] {
  const isWritten = (key: string) => Object.hasOwn(sysctl, key);
  const number = (key: string) => Number(sysctl[key]);
  return [
    ...pairs
      .filter(([smaller, larger]) => isWritten(smaller) && isWritten(larger))
      .filter(([smaller, larger]) => number(smaller) > number(larger))
      .map(([smaller, larger]) =>
        report('resolve/sysctls-reversed', ['kernel', 'sysctl', smaller], { smaller, larger }),
      ),
    ...either
      .filter(([one, other]) => isWritten(one) && isWritten(other))
      .map(([one, other]) => report('resolve/sysctls-exclude', ['kernel', 'sysctl', one], { one, other })),
  ];
}
