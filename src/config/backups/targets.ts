import type { ProviderName } from '../nodes/node.ts';
import type { CountryCode, DomainName, Ipv4Address } from '../units.ts';

/** Other places that each copy is sent to. Nothing is ever removed there. */
export interface BackupTargetsConfig {
  /** A machine with an SSH server. */
  ssh?: BackupSshConfig;

  /** A bucket at a provider that speaks S3. */
  s3?: BackupS3Config;
}

/** A machine that takes files by SFTP. The node logs in with the private key in `/etc/fjord/backup-ssh-key`. */
export interface BackupSshConfig {
  /** The machine's name or address. */
  host: DomainName | Ipv4Address;

  /**
   * The port of its SSH server.
   *
   * @default 22
   * @asType integer
   * @minimum 1
   * @maximum 65535
   */
  port?: number;

  /** Who to log in as. */
  user: BackupUser;

  /** The directory that the copies are put into. It must exist. */
  path: BackupPath;

  /** The machine's public host key, as `ssh-keyscan` prints it behind the name. No other machine gets a copy. */
  hostKey: SshHostKey;

  /** The country that the machine is in. Needed when `sovereignty.countries` is set. */
  country?: CountryCode;

  /**
   * Who rents out the machine.
   *
   * @default "generic"
   */
  provider?: ProviderName;
}

/** A bucket. The node's access key is in `/etc/fjord/backup-s3`. */
export interface BackupS3Config {
  /** The address of the service, without the bucket. */
  endpoint: S3Endpoint;

  /** The region that requests are signed for. */
  region: S3Region;

  /** The bucket, which must exist. */
  bucket: S3Bucket;

  /** What the names of copies begin with in the bucket, without a slash at its end. */
  prefix?: S3Prefix;

  /** The country that the bucket is in. Needed when `sovereignty.countries` is set. */
  country?: CountryCode;

  /**
   * Who runs the service.
   *
   * @default "generic"
   */
  provider?: ProviderName;
}

/**
 * A user of the machine that takes the copies.
 *
 * @title user name
 * @pattern ^[A-Za-z_][A-Za-z0-9._-]{0,63}$
 * @examples ["backup"]
 */
export type BackupUser = string;

/**
 * A directory, absolute or below the user's own.
 *
 * @title directory
 * @maxLength 512
 * @pattern ^/?[A-Za-z0-9_.][A-Za-z0-9_.-]*(/[A-Za-z0-9_.-]+)*$
 * @examples ["/srv/backups"]
 */
export type BackupPath = string;

/**
 * A public host key: its type and the key.
 *
 * @title SSH host key
 * @maxLength 1024
 * @pattern ^(ssh-ed25519|ssh-rsa|ecdsa-sha2-nistp(256|384|521)) AAAA[A-Za-z0-9+/]{16,}={0,3}$
 * @examples ["ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIKlXFzV4Ss4JrFO7dMWqTqHXpcOBM0vRSNX0wPT4mF0W"]
 */
export type SshHostKey = string;

/**
 * An https address without a path.
 *
 * @title https address without a path
 * @pattern ^https://[a-z0-9.-]+(:\d{1,5})?$
 * @examples ["https://s3.example.no"]
 */
export type S3Endpoint = string;

/**
 * A region's name.
 *
 * @title region
 * @pattern ^[a-z0-9][a-z0-9-]{0,62}$
 * @examples ["eu-north-1"]
 */
export type S3Region = string;

/**
 * A bucket's name: 3 to 63 small letters, digits, dots and `-`.
 *
 * @title bucket name
 * @pattern ^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$
 * @examples ["nordpay-backups"]
 */
export type S3Bucket = string;

/**
 * What names in a bucket begin with.
 *
 * @title prefix
 * @maxLength 256
 * @pattern ^[A-Za-z0-9_.-]+(/[A-Za-z0-9_.-]+)*$
 * @examples ["platforms/nordpay"]
 */
export type S3Prefix = string;
