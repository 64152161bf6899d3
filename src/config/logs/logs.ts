import type { Size } from '../units.ts';

/** How much of each node's disk logs may take. What is older is removed to make room. */
export interface LogsConfig {
  /**
   * All of `/var/log/nginx`. It is looked at every five seconds, and a file that is large enough begins anew.
   *
   * @default "1g"
   */
  nginx?: Size;

  /**
   * systemd's journal: what K3s, sshd, the kernel and nginx's errors say. Nothing of it is written to `/var/log/syslog`
   * besides.
   *
   * @default "512m"
   */
  journal?: Size;

  /** What functions and the other containers print. */
  containers?: ContainerLogsConfig;

  /**
   * One of so many requests that nginx refuses by itself (400, 401, 403, 404, 413, 429, 503 and the like) is written,
   * at random; its line says so as `weight`. Calls that get an answer from behind nginx are written each.
   *
   * @default 64
   */
  refused?: 1 | 4 | 16 | 64 | 256;
}

/** The kubelet keeps these. */
export interface ContainerLogsConfig {
  /**
   * How large a file gets before the next one begins. The kubelet looks every ten seconds.
   *
   * @default "5m"
   */
  size?: Size;

  /**
   * How many files there are of each container.
   *
   * @default 3
   * @asType integer
   * @minimum 2
   * @maximum 100
   */
  files?: number;
}
