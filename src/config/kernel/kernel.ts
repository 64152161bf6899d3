/** Kernel settings, written to `/etc/sysctl.d/99-serverless.conf` and applied before K3s starts. */
export interface KernelConfig {
  /**
   * `serverless`: many short connections, many containers, little swapping; each value only where it improves on
   * what the node's OS already has. `none`: only what `sysctl` says.
   *
   * @default "serverless"
   */
  profile?: 'serverless' | 'none';

  /**
   * Values by sysctl key, instead of the profile's. For a value that makes a node worse than its OS's own default, the
   * compiler warns with both numbers.
   *
   * @examples [{ "vm.swappiness": 10 }]
   */
  sysctl?: Record<SysctlKey, SysctlValue>;
}

/**
 * A kernel setting in dotted notation.
 *
 * @title sysctl key
 * @pattern ^[a-z][a-z0-9_]*(\.[a-z0-9_-]+)+$
 * @examples ["net.core.somaxconn"]
 */
export type SysctlKey = string;

/**
 * One or several whole numbers, or words such as `bbr`.
 *
 * @title sysctl value
 */
export type SysctlValue = SysctlNumber | SysctlText;

/**
 * @title whole number
 * @asType integer
 * @maximum 9007199254740991
 */
export type SysctlNumber = number;

/**
 * Whole numbers or words with spaces or commas between them.
 *
 * @title numbers or words separated by spaces or commas
 * @maxLength 200
 * @pattern ^(-\d+|[A-Za-z0-9_][A-Za-z0-9_.-]*)([ ,](-\d+|[A-Za-z0-9_][A-Za-z0-9_.-]*))*$
 * @examples ["16384 65000", "bbr", "6443,10250-10260"]
 */
export type SysctlText = string;
