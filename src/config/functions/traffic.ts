import type { Duration, MemoryQuantity, Rate, Size } from '../units.ts';

/**
 * The calls that a function gets, for `fjord cost` and `fjord capacity`. Nothing in `dist/` follows from it. The compiler
 * warns if the platform cannot carry it.
 */
export interface TrafficConfig {
  /**
   * Calls a month.
   *
   * @asType integer
   * @minimum 1
   * @maximum 1000000000000
   * @examples [20000000]
   */
  calls: number;

  /**
   * How long a call takes on average, from its first byte to its last.
   *
   * @examples ["100ms"]
   */
  duration: Duration;

  /** The duration that 99 of 100 calls stay below. */
  p99?: Duration;

  /**
   * The processor time of a call on average. Unset, it is not known: `fjord cost` and `fjord capacity` then count all of
   * `duration`, which is too much for a function that waits for others, and the compiler does not warn about processors.
   */
  cpuTime?: Duration;

  /**
   * The highest rate of calls. Unset, only the average of the month is known (`calls` in 730 hours).
   *
   * @examples ["50r/s"]
   */
  peak?: Rate;

  /**
   * How many clients the calls of a peak come from, each an IPv4 address or the /64 of an IPv6 address. nginx limits each
   * client, so calls of few senders, such as webhooks, may not all get through. Unset, it is not known.
   *
   * @asType integer
   * @minimum 1
   * @maximum 1000000000
   */
  clients?: number;

  /**
   * The memory that a public cloud would be asked to give it.
   *
   * @default `memory.limit` of the function
   */
  memory?: MemoryQuantity;

  /**
   * The memory that it uses on average while a call runs, which is what Azure bills.
   *
   * @default `traffic.memory`
   */
  memoryUsed?: MemoryQuantity;

  /** The average body of a call. AWS counts a call of more than 512 KiB several times. Unset, it is not counted. */
  request?: Size;

  /** The average body of an answer, which clouds bill as data that leaves. Unset, it is not counted. */
  response?: Size;
}
