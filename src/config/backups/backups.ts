import type { TimeOfDay } from '../maintenance/maintenance.ts';
import type { BackupTargetsConfig } from './targets.ts';

/**
 * Encrypted copies of what makes the first server itself: the cluster's state, its keys and certificates. A new machine
 * becomes the old one from such a copy.
 */
export interface BackupsConfig {
  /**
   * Who can read the copies: age recipients, or SSH keys as age takes them. Each of them can by itself. The private keys
   * stay with you; no node and no file of Fjord ever has one.
   *
   * @minItems 1
   * @maxItems 20
   * @uniqueItems true
   * @examples [["age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p"]]
   */
  recipients: BackupRecipient[];

  /**
   * When a copy is made, every day, in UTC. Up to a quarter of an hour is added, always the same on one machine.
   *
   * @default "03:15"
   */
  time?: TimeOfDay;

  /**
   * How many copies the server keeps on its disk. Those before an upgrade of K3s count too.
   *
   * @default 7
   * @asType integer
   * @minimum 1
   * @maximum 365
   */
  keep?: number;

  /** Where each copy is also sent. Unset, copies are only on the server's own disk. */
  to?: BackupTargetsConfig;
}

/**
 * An age recipient: `age1` and 58 more characters, as `age-keygen` prints it, or the public half of an SSH key of type
 * `ssh-ed25519`.
 *
 * @title age recipient
 * @maxLength 512
 * @pattern ^(age1[02-9ac-hj-np-z]{58}|ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI[A-Za-z0-9+/]{43}( [!-&)-~]+)*)$
 * @examples ["age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p"]
 */
export type BackupRecipient = string;
