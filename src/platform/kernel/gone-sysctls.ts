/** Settings that recipes still have and kernels no longer. */
export interface GoneSysctl {
  /** The version of Linux that came without it. */
  readonly since: string;
  /** What to do instead, as an action. */
  readonly instead: string;
}

const scheduler: GoneSysctl = {
  since: '5.13',
  instead: 'remove it; the scheduler now has it only for debugging',
};
const conntrack = (name: string): GoneSysctl => ({ since: '4.9', instead: `write 'net.netfilter.${name}'` });

export const goneSysctls: Readonly<Record<string, GoneSysctl>> = {
  'kernel.sched_latency_ns': scheduler,
  'kernel.sched_migration_cost_ns': scheduler,
  'kernel.sched_min_granularity_ns': scheduler,
  'kernel.sched_nr_migrate': scheduler,
  'kernel.sched_tunable_scaling': scheduler,
  'kernel.sched_wakeup_granularity_ns': scheduler,
  'net.ipv4.ip_conntrack_max': conntrack('nf_conntrack_max'),
  'net.ipv4.netfilter.ip_conntrack_max': conntrack('nf_conntrack_max'),
  'net.ipv4.netfilter.ip_conntrack_tcp_timeout_established': conntrack(
    'nf_conntrack_tcp_timeout_established',
  ),
  'net.ipv4.netfilter.ip_conntrack_tcp_timeout_time_wait': conntrack('nf_conntrack_tcp_timeout_time_wait'),
  'net.netfilter.nf_conntrack_helper': {
    since: '6.0',
    instead: 'remove it; helpers are now assigned by rules of the packet filter',
  },
  'net.ipv4.tcp_tw_recycle': {
    since: '4.12',
    instead: "write 'net.ipv4.tcp_tw_reuse': 1, which has the same purpose and loses no callers behind a NAT",
  },
  'vm.block_dump': { since: '5.13', instead: 'remove it; tracepoints of the block layer show the same' },
  'vm.hugepages_treat_as_movable': {
    since: '4.16',
    instead: "remove it; 'vm.nr_hugepages' reserves huge pages",
  },
};
