const int = 2 ** 31 - 1;

/** What the kernel takes for settings that people tune and that have limits, in Linux 6.1, the oldest that nodes run. */
const ranges: Readonly<Record<string, readonly [least: number, most: number]>> = {
  'fs.inotify.max_user_instances': [0, int],
  'fs.inotify.max_user_watches': [0, int],
  'net.core.somaxconn': [0, int],
  'net.ipv4.tcp_tw_reuse': [0, 2],
  'vm.dirty_background_ratio': [0, 100],
  'vm.dirty_ratio': [0, 100],
  'vm.max_map_count': [0, int],
  'vm.overcommit_memory': [0, 2],
  'vm.panic_on_oom': [0, 2],
  'vm.swappiness': [0, 200],
};

/** The range of a setting that a value is out of; undefined for one that the kernel takes, or that is not known. */
export function rangeMissed(key: string, value: string): readonly [least: number, most: number] | undefined {
  const range = Object.hasOwn(ranges, key) ? ranges[key] : undefined;
  if (range === undefined || !/^-?\d+$/.test(value)) return undefined;
  const number = Number(value);
  return number >= range[0] && number <= range[1] ? undefined : range;
}
