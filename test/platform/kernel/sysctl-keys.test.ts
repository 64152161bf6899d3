import { describe, expect, it } from 'vitest';
import { goneSysctls, isKnownSysctl, meantSysctl } from '../../../src/platform/kernel/known-sysctls.ts';

describe('names of kernel settings', () => {
  it.each([
    ['vm.swapiness', 'vm.swappiness'],
    ['vm.max_map_counts', 'vm.max_map_count'],
    ['net.ipv4.tcp_syncookie', 'net.ipv4.tcp_syncookies'],
    ['net.core.somaxcon', 'net.core.somaxconn'],
    ['fs.inotify.max_user_watchs', 'fs.inotify.max_user_watches'],
    ['net.ipv6.conf.eth0.acept_ra', 'net.ipv6.conf.eth0.accept_ra'],
  ])('%s is a slip for %s', (key, meant) => expect(meantSysctl(key)).toBe(meant));

  it.each([
    'kernel.sysrq',
    'net.ipv4.conf.all.rp_filter',
    'net.ipv4.neigh.default.gc_thresh3',
    'net.ipv4.tcp_mem',
    'net.ipv4.tcp_rmem',
    'net.ipv4.tcp_wmem',
    'vm.dirty_bytes',
  ])('%s is there everywhere', (key) =>
    expect([isKnownSysctl(key), meantSysctl(key)]).toEqual([true, undefined]),
  );

  // Real ones of newer kernels, of modules, and of no interest: a slip is an error, and they are none.
  it.each([
    'dev.raid.speed_limit_min',
    'fs.xfs.rotorstep',
    'kernel.io_uring_disabled',
    'kernel.sched_child_runs_first',
    'net.core.txrehash',
    'net.ipv4.conf.enp1s0.rp_filter',
    'net.ipv4.tcp_plb_enabled',
    'net.ipv4.tcp_shrink_window',
    'net.ipv4.tcp_tw_reuse_delay',
    'net.ipv4.udp_l3mdev_accept',
    'net.ipv4.vs.conntrack',
    'net.ipv6.icmp.echo_ignore_multicast',
    'net.netfilter.nf_conntrack_gre_timeout',
    'vm.hugetlb_optimize_vmemmap',
    'vm.memfd_noexec',
  ])('%s is not known and no slip', (key) =>
    expect([isKnownSysctl(key), meantSysctl(key)]).toEqual([false, undefined]),
  );

  it('are not known where they are gone', () => {
    expect(Object.keys(goneSysctls).filter(isKnownSysctl)).toEqual([]);
  });
});
