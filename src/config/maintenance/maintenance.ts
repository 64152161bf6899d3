import type { Duration } from '../units.ts';

export type Weekday = 'monday' | 'tuesday' | 'wednesday' | 'thursday' | 'friday' | 'saturday' | 'sunday';

/**
 * A time of day in UTC, in 24 hours.
 *
 * @title time of day
 * @pattern ^([01]\d|2[0-3]):[0-5]\d$
 * @examples ["02:00", "23:30"]
 */
export type TimeOfDay = string;

/**
 * When nodes may do by themselves what interrupts them: reboot after an update, and restart K3s before its certificates
 * end. They do it one after the other, each in its own part of the window.
 */
export interface MaintenanceConfig {
  /**
   * The days on which the window opens.
   *
   * @default ["sunday"]
   * @minItems 1
   * @uniqueItems true
   */
  days?: Weekday[];

  /**
   * When it opens, in UTC.
   *
   * @default "02:00"
   */
  from?: TimeOfDay;

  /**
   * How long it is open. Each node needs a part of it: 15 minutes, and as long as its running calls may take to end.
   *
   * @default "3h", or as long as all nodes need
   */
  length?: Duration;

  /**
   * Whether a node reboots when an update needs it, such as that of the kernel. If not, the journal and `apply.sh` say
   * that a reboot is pending, and the update is not in force until you do it.
   *
   * @default true
   */
  reboots?: boolean;
}
