/** Encrypted copies of the first server. */
export interface Backups {
  /** As age takes them, sorted; at least one. */
  readonly recipients: readonly string[];
  /** In UTC, `03:15`. */
  readonly time: string;
  /** Copies on the server's own disk. */
  readonly keep: number;
  /** Undefined: sent to no machine. */
  readonly ssh: BackupSsh | undefined;
  /** Undefined: sent to no bucket. */
  readonly s3: BackupS3 | undefined;
}

/** A machine that takes copies by SFTP. */
export interface BackupSsh {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly path: string;
  /** Type and key. */
  readonly hostKey: string;
}

/** A bucket that takes copies. */
export interface BackupS3 {
  readonly endpoint: string;
  readonly region: string;
  readonly bucket: string;
  /** Undefined: names in the bucket are those of the copies. */
  readonly prefix: string | undefined;
}
