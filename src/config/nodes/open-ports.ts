import type { Network } from '../gateway/units.ts';

/** A port of a node for a program of your own. The packet filter leaves it open. */
export interface OpenPortConfig {
  /**
   * The port.
   *
   * @asType integer
   * @minimum 1
   * @maximum 65535
   */
  port: number;

  /**
   * What the program speaks.
   *
   * @default "tcp"
   */
  protocol?: 'tcp' | 'udp';

  /**
   * The networks from which the port is open. Unset, it is open to everyone.
   *
   * @minItems 1
   * @uniqueItems true
   * @examples [["192.0.2.0/24"]]
   */
  networks?: Network[];

  /**
   * What listens there, and why others must reach it. In the lock file.
   *
   * @title reason
   * @minLength 10
   * @maxLength 200
   * @examples ["node exporter of the monitoring at head office"]
   */
  reason: string;
}
