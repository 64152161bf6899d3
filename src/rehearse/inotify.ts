import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

/** Instances of inotify that root may have on this machine, and those that it has. */
export interface Instances {
  readonly most: number;
  readonly used: number;
}

export function inotifyInstances(): Instances {
  const most = orNothing(() => readFileSync('/proc/sys/fs/inotify/max_user_instances', 'utf8'));
  const processes = orNothing(() => readdirSync('/proc'))?.filter((name) => /^\d+$/.test(name)) ?? [];
  return {
    most: most === undefined ? Number.POSITIVE_INFINITY : Number(most),
    used: processes.map((pid) => (isOfRoot(pid) ? instancesOf(pid) : 0)).reduce((sum, own) => sum + own, 0),
  };
}

function isOfRoot(pid: string): boolean {
  return /^Uid:\t0\t/m.test(orNothing(() => readFileSync(`/proc/${pid}/status`, 'utf8')) ?? '');
}

function instancesOf(pid: string): number {
  const open = orNothing(() => readdirSync(`/proc/${pid}/fd`)) ?? [];
  const kinds = open.map((fd) => orNothing(() => readlinkSync(`/proc/${pid}/fd/${fd}`)));
  return kinds.filter((kind) => kind === 'anon_inode:inotify').length;
}

/** Processes end while they are looked at, and not every system has `/proc`. */
function orNothing<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
