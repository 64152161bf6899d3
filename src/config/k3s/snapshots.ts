import type { SecretName } from '../units.ts';

/**
 * Minute, hour, day of the month, month and day of the week, in UTC, as K3s reads them: `*`, numbers, ranges `1-5`, steps
 * `0-59/15`, lists `1,15`, names of months and weekdays; Sunday is 0. Or `@hourly`, `@daily`, `@weekly`, `@monthly`,
 * `@yearly`, or `@every 6h`, counted from the start of K3s.
 *
 * @title cron schedule
 * @maxLength 200
 * @examples ["0 3 * * *", "@every 6h"]
 */
export type CronSchedule = string;

/** Copies of etcd's state, which a lost cluster is restored from together with the server token. */
export interface SnapshotsConfig {
  /**
   * When a copy is made, in UTC whatever the machine's own time zone is. Unset, K3s makes them at noon and midnight of the
   * machine's time.
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
