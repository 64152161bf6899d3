/** The severity of a diagnostic's code in this platform. */
export interface AdjustmentConfig {
  /**
   * `off` leaves it out, and the summary says so; `error` makes it stop the compile.
   *
   * @examples ["off"]
   */
  severity: 'off' | 'warning' | 'error';

  /**
   * Why, for the next reader of the config.
   *
   * @minLength 1
   * @maxLength 500
   * @examples ["this platform is for trying things out"]
   */
  reason: string;
}
