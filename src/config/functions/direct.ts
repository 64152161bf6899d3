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
   * How much of its requested processor time, in percent, its copies use on average before there are more of them.
   *
   * @default 70
   * @asType integer
   * @minimum 1
   * @maximum 1000
   */
  targetCpu?: number;
}
