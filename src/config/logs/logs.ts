import type { Size } from '../units.ts';

/** How much of each node's disk logs may take. The oldest are removed to make room. */
export interface LogsConfig {
  /**
   * All of `/var/log/nginx`. It is checked every five seconds, and large files are rotated.
   *
   * @default "1g", and more where nginx has more than 3 workers: "1070m" with 4, "1820m" with 8
   */
  nginx?: Size;

  /**
   * systemd's journal: what K3s, sshd, the kernel and nginx's errors say. It is not also
   * written to `/var/log/syslog`.
   *
   * @default "512m"
   */
  journal?: Size;

  /** What functions and the other containers print. */
  containers?: ContainerLogsConfig;

  /**
   * Of the requests that nginx refuses itself (400, 401, 403, 404, 413, 429, 503 and the like), one in this many is
   * logged, at random, with this number as `weight`. Calls that a function or the gateway answers are all logged.
   *
   * @default 64
   */
  refused?: 1 | 4 | 16 | 64 | 256;
}

/** The kubelet keeps these. */
export interface ContainerLogsConfig {
  /**
   * The size at which a new file is started. The kubelet checks every ten seconds.
   *
   * @default "5m"
   */
  size?: Size;

  /**
   * How many files are kept for each container.
   *
   * @default 3
   * @asType integer
   * @minimum 2
   * @maximum 100
   */
  files?: number;
}
