/** When a function is called by the clock, and how. */
export interface ScheduleConfig {
  /** The minutes at which it is called. */
  cron: CronExpression;

  /**
   * The time zone of `cron`, by its IANA name. Times that a change to summer time leaves out are skipped.
   *
   * @default "Etc/UTC"
   */
  timeZone?: TimeZone;

  /**
   * Whether the call is put into the queue (needs `openfaas.async`). If not, the Job waits for the answer, and a call
   * that fails is a failed Job.
   *
   * @default false
   */
  async?: boolean;

  /**
   * Whether a call starts while the previous one is still running. If not, it is skipped.
   *
   * @default false
   */
  overlap?: boolean;
}

/**
 * Minute, hour, day of the month, month and day of the week, as Kubernetes reads them: `*`, numbers, ranges `1-5`,
 * steps `0-59/15`, lists `1,15`, names of months and weekdays; Sunday is 0. Or `@hourly`, `@daily`, `@weekly`,
 * `@monthly`, `@yearly`.
 *
 * @title cron expression
 * @maxLength 200
 * @examples ["0 3 * * *", "30 7 * * mon-fri"]
 */
export type CronExpression = string;

/**
 * A place of the IANA time zone database.
 *
 * @title time zone
 * @pattern ^[A-Z][A-Za-z0-9_+-]*(/[A-Z][A-Za-z0-9_+-]*){0,2}$
 * @examples ["Europe/Oslo", "Etc/UTC"]
 */
export type TimeZone = string;
