/** How much of a node's disk logs may take. Bytes. */
export interface Logs {
  readonly nginx: NginxLogs;
  readonly journal: number;
  readonly containers: ContainerLogs;
  /** One of so many refusals is written. */
  readonly refused: 1 | 4 | 16 | 64 | 256;
}

export interface NginxLogs {
  /** All files together. */
  readonly total: number;
  /** From which size on a file begins anew. */
  readonly rotateAt: number;
  /** To how many bytes all files are cut at each look. */
  readonly keep: number;
}

export interface ContainerLogs {
  readonly size: number;
  readonly files: number;
}
