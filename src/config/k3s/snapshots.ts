import type { SecretName } from '../units.ts';

/**
 * A schedule as cron writes it: minute, hour, day of the month, month, day of the week; in UTC.
 *
 * @title cron schedule
 * @pattern ^[0-9/*,-]+( [0-9A-Za-z/*,-]+){4}$
 * @examples ["0 3 * * *"]
 */
export type CronSchedule = string;

/** Copies of etcd's state, which a lost cluster is restored from together with the server token. */
export interface SnapshotsConfig {
  /**
   * When a copy is made.
   *
   * @default "0 *\/12 * * *"
   */
  schedule?: CronSchedule;

  /**
   * How many copies each server keeps.
   *
   * @default 5
   * @asType integer
   * @minimum 1
   * @maximum 1000
   */
  retention?: number;

  /**
   * A Secret in the namespace `kube-system` with the bucket and its credentials, to which each copy is sent too. Its
   * keys are K3s' own: `etcd-s3-endpoint`, `etcd-s3-bucket`, `etcd-s3-region`, `etcd-s3-access-key`,
   * `etcd-s3-secret-key` and so on. You make it by hand, so that no secret is in user-data.
   */
  s3Secret?: SecretName;
}
