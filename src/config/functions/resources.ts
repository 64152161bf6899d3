import type { CpuQuantity, MemoryQuantity, Rate } from '../units.ts';

/** Copies of a function. */
export interface ReplicasConfig {
  /**
   * Copies that always run. The community edition never runs fewer than one.
   *
   * @default 1
   * @asType integer
   * @minimum 0
   * @maximum 100
   */
  min?: number;

  /**
   * Copies under load.
   *
   * @default the larger of `min` and 5; `min` if autoscaling is off
   * @asType integer
   * @minimum 1
   * @maximum 100
   */
  max?: number;

  /**
   * The rate of successful calls, of all copies together, above which copies are added.
   *
   * @default "5r/s"
   */
  rate?: Rate;

  /**
   * How many copies are added at a time while the rate is exceeded: this share of `max` in percent, rounded up.
   *
   * @default 10
   * @asType integer
   * @minimum 1
   * @maximum 100
   */
  factor?: number;
}

export interface MemoryConfig {
  /** Reserved for each copy. @default "64Mi" */
  request?: MemoryQuantity;
  /** A copy that uses more is stopped. @default "256Mi" */
  limit?: MemoryQuantity;
}

export interface CpuConfig {
  /** Reserved for each copy. @default "50m" */
  request?: CpuQuantity;
  /** A copy that needs more is slowed down. Unset, it may use all that is idle. */
  limit?: CpuQuantity;
}
