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
  'resolve/sysctl-out-of-range': define<{ key: string; value: string; least: number; most: number }>({
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
  'resolve/sysctl-overridden': define<{ key: string; value: string; k3s: string }>({
    severity: 'warning',
    fact: ({ key, value, k3s }) => `K3s sets ${key} to ${k3s} whenever it starts, so ${value} does not last`,
    hint: () => 'remove this line',
    meaning:
      'Pods need the node to forward packets and to filter the traffic between them, so K3s sets this itself.',
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
