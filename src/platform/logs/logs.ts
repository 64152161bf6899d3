/** How much of a node's disk logs may take. Bytes. */
export interface Logs {
  readonly nginx: NginxLogs;
  readonly journal: number;
  readonly containers: ContainerLogs;
  /** One in this many refusals is logged. */
  readonly refused: 1 | 4 | 16 | 64 | 256;
}

export interface NginxLogs {
  /** All files together. */
  readonly total: number;
  /** The size at which a file is rotated. */
  readonly rotateAt: number;
  /** The size to which all files together are cut at each check. */
  readonly keep: number;
}

export interface ContainerLogs {
  readonly size: number;
  readonly files: number;
}
