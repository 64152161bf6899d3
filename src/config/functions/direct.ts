import type { Ipv4Address } from '../units.ts';

/** How nginx reaches a function past the gateway. */
export interface DirectConfig {
  /**
   * The function's fixed address inside the cluster, in the part of `k3s.serviceCidr` that Kubernetes leaves for fixed
   * addresses.
   *
   * @default derived from the function's name
   */
  address?: Ipv4Address;

  /**
   * Copies are added when they use more than this percentage of their requested processor time on average.
   *
   * @default 70
   * @asType integer
   * @minimum 1
   * @maximum 1000
   */
  targetCpu?: number;
}
