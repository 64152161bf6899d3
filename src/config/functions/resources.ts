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
   * Above how many calls that succeed, of all copies together, there are more copies.
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
  /** What is kept free for it. @default "64Mi" */
  request?: MemoryQuantity;
  /** Where it is stopped. @default "256Mi" */
  limit?: MemoryQuantity;
}

export interface CpuConfig {
  /** What is kept free for it. @default "50m" */
  request?: CpuQuantity;
  /** Where it is slowed down. Unset, it may use what is idle. */
  limit?: CpuQuantity;
}
