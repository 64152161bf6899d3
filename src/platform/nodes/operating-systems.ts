import type { OperatingSystem } from '../../config/nodes/node.ts';

/** The image of an operating system. */
export interface OperatingSystemFacts {
  readonly title: string;
  /** As package archives name it: the family, and the release in it. */
  readonly family: 'debian' | 'ubuntu';
  readonly codename: string;
  /** The version of its package nginx. */
  readonly nginx: string;
  /** What its sysctls are before Fjord sets any; a key that is missing here is not known. */
  readonly sysctlDefaults: Readonly<Record<string, string>>;
}

// Read from a booted Debian 12 with kernel 6.1 and 4 GiB of memory.
const debian12: Readonly<Record<string, string>> = {
  'fs.file-max': '9223372036854775807',
  'fs.nr_open': '1048576',
  'fs.inotify.max_user_instances': '128',
  'fs.inotify.max_user_watches': '30454',
  'kernel.pid_max': '4194304',
  'net.core.somaxconn': '4096',
  'net.ipv4.tcp_max_syn_backlog': '256',
  'net.ipv4.tcp_tw_reuse': '2',
  'vm.max_map_count': '65530',
  'vm.swappiness': '60',
};

// Ubuntu's package procps ships 10-map-count.conf.
const ubuntu = { ...debian12, 'vm.max_map_count': '1048576' };

// Read from a booted Debian 13 with kernel 6.12 and 4 GiB; vm.max_map_count is the package linux-sysctl-defaults'.
const debian13 = {
  ...debian12,
  'fs.nr_open': '1073741816',
  'fs.inotify.max_user_watches': '30821',
  'vm.max_map_count': '1048576',
};

export const operatingSystems: Readonly<Record<OperatingSystem, OperatingSystemFacts>> = {
  'debian-12': {
    title: 'Debian 12',
    family: 'debian',
    codename: 'bookworm',
    nginx: '1.22.1',
    sysctlDefaults: debian12,
  },
  'debian-13': {
    title: 'Debian 13',
    family: 'debian',
    codename: 'trixie',
    nginx: '1.26.3',
    sysctlDefaults: debian13,
  },
  'ubuntu-24.04': {
    title: 'Ubuntu 24.04',
    family: 'ubuntu',
    codename: 'noble',
    nginx: '1.24.0',
    sysctlDefaults: ubuntu,
  },
  'ubuntu-26.04': {
    title: 'Ubuntu 26.04',
    family: 'ubuntu',
    codename: 'resolute',
    nginx: '1.28.3',
    sysctlDefaults: ubuntu,
  },
};
