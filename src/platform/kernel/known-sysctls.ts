import { distance } from 'fastest-levenshtein';

/** Settings that people tune and that Linux 6.1, the oldest that nodes run, has on every machine; by what is before their names. */
const names: Readonly<Record<string, string>> = {
  fs: 'aio-max-nr epoll.max_user_watches fanotify.max_queued_events fanotify.max_user_groups fanotify.max_user_marks file-max inotify.max_queued_events inotify.max_user_instances inotify.max_user_watches lease-break-time leases-enable mount-max mqueue.msg_default mqueue.msg_max mqueue.msgsize_default mqueue.msgsize_max mqueue.queues_max nr_open pipe-max-size pipe-user-pages-hard pipe-user-pages-soft protected_fifos protected_hardlinks protected_regular protected_symlinks suid_dumpable',
  kernel:
    'core_pattern core_pipe_limit core_uses_pid dmesg_restrict domainname hostname hung_task_panic hung_task_timeout_secs keys.maxbytes keys.maxkeys keys.root_maxbytes keys.root_maxkeys kptr_restrict msgmax msgmnb msgmni nmi_watchdog numa_balancing panic panic_on_oops panic_on_warn perf_event_max_sample_rate perf_event_paranoid pid_max printk printk_ratelimit printk_ratelimit_burst randomize_va_space sched_autogroup_enabled sched_cfs_bandwidth_slice_us sched_rt_period_us sched_rt_runtime_us sem shm_rmid_forced shmall shmmax shmmni softlockup_panic sysrq threads-max timer_migration unprivileged_bpf_disabled watchdog watchdog_thresh yama.ptrace_scope',
  'net.bridge': 'bridge-nf-call-arptables bridge-nf-call-ip6tables bridge-nf-call-iptables',
  'net.core':
    'bpf_jit_enable bpf_jit_harden bpf_jit_kallsyms bpf_jit_limit busy_poll busy_read default_qdisc dev_weight dev_weight_rx_bias dev_weight_tx_bias gro_normal_batch message_burst message_cost netdev_budget netdev_budget_usecs netdev_max_backlog netdev_tstamp_prequeue optmem_max rmem_default rmem_max rps_sock_flow_entries somaxconn wmem_default wmem_max',
  'net.ipv4':
    'icmp_echo_ignore_all icmp_echo_ignore_broadcasts icmp_ignore_bogus_error_responses icmp_msgs_burst icmp_msgs_per_sec icmp_ratelimit icmp_ratemask igmp_max_memberships igmp_max_msf inet_peer_maxttl inet_peer_minttl inet_peer_threshold ip_default_ttl ip_dynaddr ip_early_demux ip_forward ip_local_port_range ip_local_reserved_ports ip_no_pmtu_disc ip_nonlocal_bind ip_unprivileged_port_start ipfrag_high_thresh ipfrag_low_thresh ipfrag_max_dist ipfrag_time ping_group_range route.flush route.gc_elasticity route.gc_interval route.gc_min_interval route.gc_min_interval_ms route.gc_thresh route.gc_timeout route.max_size route.min_adv_mss route.min_pmtu route.mtu_expires tcp_abort_on_overflow tcp_adv_win_scale tcp_allowed_congestion_control tcp_app_win tcp_autocorking tcp_base_mss tcp_challenge_ack_limit tcp_congestion_control tcp_dsack tcp_early_demux tcp_early_retrans tcp_ecn tcp_ecn_fallback tcp_fack tcp_fastopen tcp_fastopen_blackhole_timeout_sec tcp_fin_timeout tcp_frto tcp_invalid_ratelimit tcp_keepalive_intvl tcp_keepalive_probes tcp_keepalive_time tcp_limit_output_bytes tcp_low_latency tcp_max_orphans tcp_max_reordering tcp_max_syn_backlog tcp_max_tw_buckets tcp_mem tcp_migrate_req tcp_min_rtt_wlen tcp_min_snd_mss tcp_min_tso_segs tcp_moderate_rcvbuf tcp_mtu_probe_floor tcp_mtu_probing tcp_no_metrics_save tcp_no_ssthresh_metrics_save tcp_notsent_lowat tcp_orphan_retries tcp_pacing_ca_ratio tcp_pacing_ss_ratio tcp_probe_interval tcp_probe_threshold tcp_recovery tcp_reordering tcp_retrans_collapse tcp_retries1 tcp_retries2 tcp_rfc1337 tcp_rmem tcp_sack tcp_slow_start_after_idle tcp_stdurg tcp_syn_retries tcp_synack_retries tcp_syncookies tcp_thin_linear_timeouts tcp_timestamps tcp_tso_win_divisor tcp_tw_reuse tcp_window_scaling tcp_wmem tcp_workaround_signed_windows udp_early_demux udp_mem udp_rmem_min udp_wmem_min',
  'net.ipv6':
    'bindv6only icmp.echo_ignore_all icmp.ratelimit icmp.ratemask ip6frag_high_thresh ip6frag_low_thresh ip6frag_time ip_nonlocal_bind route.flush route.gc_elasticity route.gc_interval route.gc_min_interval route.gc_min_interval_ms route.gc_thresh route.gc_timeout route.max_size route.min_adv_mss route.mtu_expires',
  net: 'nf_conntrack_max unix.max_dgram_qlen',
  'net.netfilter':
    'nf_conntrack_acct nf_conntrack_buckets nf_conntrack_checksum nf_conntrack_dccp_loose nf_conntrack_expect_max nf_conntrack_generic_timeout nf_conntrack_icmp_timeout nf_conntrack_icmpv6_timeout nf_conntrack_log_invalid nf_conntrack_max nf_conntrack_sctp_timeout_established nf_conntrack_tcp_be_liberal nf_conntrack_tcp_loose nf_conntrack_tcp_max_retrans nf_conntrack_tcp_timeout_close nf_conntrack_tcp_timeout_close_wait nf_conntrack_tcp_timeout_established nf_conntrack_tcp_timeout_fin_wait nf_conntrack_tcp_timeout_last_ack nf_conntrack_tcp_timeout_max_retrans nf_conntrack_tcp_timeout_syn_recv nf_conntrack_tcp_timeout_syn_sent nf_conntrack_tcp_timeout_time_wait nf_conntrack_tcp_timeout_unacknowledged nf_conntrack_udp_timeout nf_conntrack_udp_timeout_stream',
  user: 'max_cgroup_namespaces max_inotify_instances max_inotify_watches max_ipc_namespaces max_mnt_namespaces max_net_namespaces max_pid_namespaces max_user_namespaces max_uts_namespaces',
  vm: 'admin_reserve_kbytes compact_memory compaction_proactiveness dirty_background_bytes dirty_background_ratio dirty_bytes dirty_expire_centisecs dirty_ratio dirty_writeback_centisecs dirtytime_expire_seconds drop_caches extfrag_threshold laptop_mode lowmem_reserve_ratio max_map_count min_free_kbytes min_slab_ratio min_unmapped_ratio mmap_min_addr mmap_rnd_bits nr_hugepages nr_hugepages_mempolicy nr_overcommit_hugepages numa_stat oom_dump_tasks oom_kill_allocating_task overcommit_kbytes overcommit_memory overcommit_ratio page-cluster panic_on_oom percpu_pagelist_high_fraction stat_interval swappiness unprivileged_userfaultfd user_reserve_kbytes vfs_cache_pressure watermark_boost_factor watermark_scale_factor zone_reclaim_mode',
};

/** Settings of each network interface, by what is before the interface's name; `all` and `default` are there always. */
const ofInterfaces: Readonly<Record<string, string>> = {
  'net.ipv4.conf':
    'accept_local accept_redirects accept_source_route arp_accept arp_announce arp_filter arp_ignore arp_notify bc_forwarding bootp_relay drop_gratuitous_arp drop_unicast_in_l2_multicast force_igmp_version forwarding ignore_routes_with_linkdown log_martians mc_forwarding promote_secondaries proxy_arp proxy_arp_pvlan route_localnet rp_filter secure_redirects send_redirects shared_media src_valid_mark',
  'net.ipv6.conf':
    'accept_dad accept_ra accept_ra_defrtr accept_ra_from_local accept_ra_mtu accept_ra_pinfo accept_ra_rtr_pref accept_redirects accept_source_route addr_gen_mode autoconf dad_transmits disable_ipv6 forwarding hop_limit keep_addr_on_down max_addresses mtu optimistic_dad proxy_ndp router_solicitations temp_prefered_lft temp_valid_lft use_tempaddr',
  'net.ipv4.neigh':
    'app_solicit base_reachable_time base_reachable_time_ms delay_first_probe_time gc_interval gc_stale_time gc_thresh1 gc_thresh2 gc_thresh3 locktime mcast_resolicit mcast_solicit retrans_time retrans_time_ms ucast_solicit unres_qlen unres_qlen_bytes',
  'net.ipv6.neigh':
    'app_solicit base_reachable_time base_reachable_time_ms delay_first_probe_time gc_interval gc_stale_time gc_thresh1 gc_thresh2 gc_thresh3 mcast_resolicit mcast_solicit retrans_time retrans_time_ms ucast_solicit unres_qlen unres_qlen_bytes',
};

/** Interfaces that each machine has by these names; `neigh` has `default` and no `all`. */
const everywhere: Readonly<Record<string, readonly string[]>> = {
  'net.ipv4.conf': ['all', 'default', 'lo'],
  'net.ipv6.conf': ['all', 'default', 'lo'],
  'net.ipv4.neigh': ['default', 'lo'],
  'net.ipv6.neigh': ['default', 'lo'],
};

const spread = (table: Readonly<Record<string, string>>): string[] =>
  Object.entries(table).flatMap(([prefix, list]) => list.split(' ').map((name) => `${prefix}.${name}`));

const known: ReadonlySet<string> = new Set(spread(names));

/** A key that an interface has, taken apart. */
interface OfInterface {
  readonly prefix: string;
  readonly device: string;
  readonly name: string;
}

function ofInterface(key: string): OfInterface | undefined {
  const [, prefix, device, name] = /^(net\.ipv[46]\.(?:conf|neigh))\.(.+)\.([^.]+)$/.exec(key) ?? [];
  return prefix && device && name ? { prefix, device, name } : undefined;
}

/** Whether each node has the setting. */
export function isKnownSysctl(key: string): boolean {
  const part = ofInterface(key);
  if (part === undefined) return known.has(key);
  const { prefix, device, name } = part;
  return isNameOf(prefix, name) && (everywhere[prefix]?.includes(device) ?? false);
}

function isNameOf(prefix: string, name: string): boolean {
  return ofInterfaces[prefix]?.split(' ').includes(name) ?? false;
}

/**
 * The known key that a key is probably a typo of: at most two letters away, or one for short keys. Anything further away
 * may be a setting that is not in the table.
 */
export function meantSysctl(key: string): string | undefined {
  // Distances of long names take long, but no setting has such a name.
  if (key.length > 100 || isKnownSysctl(key)) return undefined;
  const part = ofInterface(key);
  if (part === undefined) return closest(key, [...known]);
  if (isNameOf(part.prefix, part.name)) return undefined;
  const place = `${part.prefix}.${part.device}`;
  const candidates = (ofInterfaces[part.prefix] ?? '').split(' ').map((name) => `${place}.${name}`);
  return closest(key, candidates);
}

function closest(key: string, candidates: readonly string[]): string | undefined {
  const last = key.slice(key.lastIndexOf('.') + 1);
  const limit = last.length <= 5 ? 1 : 2;
  return (
    candidates.find((each) => distance(key, each) === 1) ??
    candidates.find((each) => distance(key, each) <= limit)
  );
}

/** Settings that recipes still set but kernels no longer have. */
export interface GoneSysctl {
  /** The first version of Linux without it. */
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
