import { define } from '../../diagnostics/definition.ts';

/** What `resolve` reports about kernel settings. */
export const resolveKernelDiagnostics = {
  'resolve/sysctl-against-hardening': define<{ key: string; value: string; needed: string }>({
    severity: 'error',
    fact: ({ key, value, needed }) =>
      `with hardening 'cis' the kubelet starts only if ${key} is ${needed}, not ${value}`,
    hint: () => 'remove this line',
    meaning:
      'The kubelet compares the kernel with the values that it needs and exits if they differ, so the node would run no pods.',
    example: { config: { k3s: "{ hardening: 'cis' }", kernel: "{ sysctl: { 'vm.overcommit_memory': 2 } }" } },
  }),
  'resolve/sysctl-out-of-range': define<{ key: string; value: string; least: string; most: string }>({
    severity: 'error',
    fact: ({ key, value, least, most }) => `${key} must be from ${least} to ${most}, but this is ${value}`,
    hint: ({ key }) => `write a number in that range, or remove ${key}`,
    meaning: 'The kernel refuses the value, so sysctl fails and stops the script that sets up the node.',
    example: { config: { kernel: "{ sysctl: { 'vm.swappiness': 300 } }" } },
  }),
  'resolve/sysctl-gone': define<{ key: string; since: string; instead: string }>({
    severity: 'error',
    fact: ({ key, since }) => `${key} was removed in Linux ${since}, so a node would fail to set it`,
    hint: ({ instead }) => instead,
    meaning:
      'Recipes outlive the kernels that they were written for. sysctl fails on a setting that does not exist, which stops the script that sets up the node.',
    example: { config: { kernel: "{ sysctl: { 'net.ipv4.tcp_tw_recycle': 1 } }" } },
  }),
  'resolve/sysctl-misspelt': define<{ key: string; meant: string }>({
    severity: 'error',
    fact: ({ key }) => `Linux has no setting ${key}`,
    hint: ({ meant }) => `did you mean '${meant}'?`,
    meaning: 'sysctl fails on a setting that does not exist, which stops the script that sets up the node.',
    example: { config: { kernel: "{ sysctl: { 'vm.swapiness': 10 } }" } },
  }),
  'resolve/sysctl-not-a-number': define<{ key: string; value: string }>({
    severity: 'error',
    fact: ({ key, value }) => `${key} takes whole numbers, but this is '${value}'`,
    hint: ({ key }) => `write a number, or remove ${key}`,
    meaning: 'The kernel refuses the value, so sysctl fails and stops the script that sets up the node.',
    example: { config: { kernel: "{ sysctl: { 'vm.swappiness': 'low' } }" } },
  }),
  'resolve/sysctl-not-a-word': define<{ key: string; value: string; known: readonly string[] }>({
    severity: 'error',
    fact: ({ key, value }) => `no kernel of the nodes knows '${value}' as ${key}`,
    hint: ({ known }) => `write one of ${known.join(', ')}`,
    meaning: 'The kernel refuses the value, so sysctl fails and stops the script that sets up the node.',
    example: { config: { kernel: "{ sysctl: { 'net.ipv4.tcp_congestion_control': 'bbr2' } }" } },
  }),
  'resolve/sysctl-count': define<{ key: string; count: number; written: number }>({
    severity: 'error',
    fact: ({ key, count, written }) =>
      `${key} takes ${count} ${count === 1 ? 'number' : 'numbers'}, but this has ${written}`,
    hint: ({ key }) => `run sysctl ${key} on a machine to see the numbers that it has now`,
    meaning: 'The kernel sets the first numbers and refuses the rest, or keeps what was there.',
    example: { config: { kernel: "{ sysctl: { 'net.ipv4.tcp_rmem': '4096 131072' } }" } },
  }),
  'resolve/sysctl-not-rising': define<{ key: string; value: string }>({
    severity: 'error',
    fact: ({ key, value }) => `the numbers of ${key} must not become smaller, but this is '${value}'`,
    hint: () => 'write the smallest number first and the largest last',
    meaning:
      'They are the least, the usual and the most. The kernel refuses them in another order, or never gives more than the last.',
    example: { config: { kernel: "{ sysctl: { 'net.ipv4.ip_local_port_range': '60000 1024' } }" } },
  }),
  'resolve/sysctl-not-ports': define<{ key: string; value: string }>({
    severity: 'error',
    fact: ({ key, value }) =>
      `${key} takes ports and ranges with commas between them, but this is '${value}'`,
    hint: () => "write a value such as '6443,10250-10260'",
    meaning: 'The kernel refuses the value, so sysctl fails and stops the script that sets up the node.',
    example: { config: { kernel: "{ sysctl: { 'net.ipv4.ip_local_reserved_ports': '6443,70000' } }" } },
  }),
  'resolve/ports-not-reserved': define<{ missing: string }>({
    severity: 'error',
    fact: ({ missing }) =>
      `an outgoing connection can take a port that a program of the node needs: ${missing}`,
    hint: ({ missing }) => `add ${missing} to net.ipv4.ip_local_reserved_ports, or remove that line`,
    meaning:
      'Outgoing connections use the ports of net.ipv4.ip_local_port_range, which is 32768 to 60999 if nothing sets it. If one of them has a port when its program starts again, the program does not start. Such programs are nginx, K3s, flannel and those of nodes.*.ports.',
    example: {
      config: {
        kernel:
          "{ sysctl: { 'net.ipv4.ip_local_port_range': '1024 65000', 'net.ipv4.ip_local_reserved_ports': '6443' } }",
      },
    },
  }),
  'resolve/sysctls-reversed': define<{ smaller: string; larger: string }>({
    severity: 'error',
    fact: ({ smaller, larger }) => `${smaller} is more than ${larger}`,
    hint: ({ larger }) => `make it smaller, or raise ${larger}`,
    meaning:
      'The kernel takes both, but then ignores the first or halves it, so that what is written is not what happens.',
    example: {
      config: { kernel: "{ sysctl: { 'vm.dirty_ratio': 5, 'vm.dirty_background_ratio': 10 } }" },
    },
  }),
  'resolve/ipv6-disabled': define<{ key: string }>({
    severity: 'error',
    fact: ({ key }) => `${key} switches off IPv6, but the cluster has IPv6 addresses by k3s.ipv6`,
    hint: ({ key }) => `remove ${key}, or k3s.ipv6`,
    meaning: 'Neither K3s nor its network starts on a node that may have no IPv6 address.',
    example: {
      config: {
        nodes:
          "{ 'oslo-1': { provider: 'coolvds', country: 'NO', memory: '8Gi', address: '192.168.0.1', address6: 'fd00:1::1' } }",
        k3s: "{ ipv6: { clusterCidr: 'fd00:42::/56', serviceCidr: 'fd00:43::/112' } }",
        kernel: "{ sysctl: { 'net.ipv6.conf.all.disable_ipv6': 1 } }",
      },
    },
  }),
  'resolve/sysctls-exclude': define<{ one: string; other: string }>({
    severity: 'error',
    fact: ({ one, other }) => `the kernel keeps only one of ${one} and ${other}`,
    hint: () => 'remove one of the two lines',
    meaning:
      'They are the same limit in two units. Setting one sets the other to zero, so the later line wins.',
    example: { config: { kernel: "{ sysctl: { 'vm.dirty_ratio': 5, 'vm.dirty_bytes': 67108864 } }" } },
  }),
  'resolve/sysctl-unknown': define<{ key: string }>({
    severity: 'warning',
    fact: ({ key }) =>
      `Fjord does not know whether the nodes have ${key}; without it, their first boot fails`,
    hint: ({ key }) =>
      `run sysctl ${key} on a machine of that kind first: it prints the value if the setting exists`,
    meaning:
      'Which settings exist depends on the kernel, its modules and the names of the network interfaces. Fjord knows only those that every node has.',
    example: { config: { kernel: "{ sysctl: { 'net.ipv4.conf.eth0.rp_filter': 2 } }" } },
  }),
  'resolve/sysctl-overridden': define<{ key: string; value: string; by: string; other: string }>({
    severity: 'warning',
    fact: ({ key, value, by, other }) =>
      `${by} sets ${key} to ${other} whenever K3s starts, so ${value} does not last`,
    hint: () => 'remove this line',
    meaning:
      'Pods need the node to forward packets and to filter the traffic between them, and the kubelet wants a kernel that restarts after a panic, so they set this themselves.',
    example: { config: { kernel: "{ sysctl: { 'net.ipv4.ip_forward': 0 } }" } },
  }),
  'resolve/sysctl-lowers': define<{ key: string; value: string; ours: string; os: string; node: string }>({
    severity: 'warning',
    fact: ({ key, value, ours, os, node }) =>
      `${key} = ${value} is lower than the ${ours} that ${os} sets on node '${node}'`,
    hint: () => 'remove this line; the profile keeps the value of the OS',
    meaning:
      'Recipes for older kernels carry numbers that were an improvement then, but are a step back today.',
    example: { config: { kernel: "{ sysctl: { 'fs.file-max': 2097152 } }" } },
  }),
};
