/** Who may log in over SSH. With keys written here, passwords are no longer accepted and root needs a key too. */
export interface SshConfig {
  /**
   * Public keys that may log in. Unset, the machine keeps the keys and settings that its provider gave it. Used at
   * first boot, and not later.
   *
   * @minItems 1
   * @uniqueItems true
   */
  keys: SshPublicKey[];

  /**
   * A user to create for these keys, who may use sudo to become root. Unset, the image's own user gets them.
   *
   * @examples ["ops"]
   */
  user?: LoginName;
}

/**
 * A user name that Debian and Ubuntu accept: at most 32 small letters, digits and `-`, a letter first.
 *
 * @title login name
 * @maxLength 32
 * @pattern ^[a-z]([-a-z0-9]*[a-z0-9])?$
 * @examples ["ops"]
 */
export type LoginName = string;

/**
 * A public key as `ssh-keygen` prints it, on one line.
 *
 * @title SSH public key
 * @maxLength 4096
 * @pattern ^(ssh-ed25519|ssh-rsa|ecdsa-sha2-nistp(256|384|521)|sk-ssh-ed25519@openssh\.com|sk-ecdsa-sha2-nistp256@openssh\.com) [A-Za-z0-9+/]{16,}={0,3}( [!-~]([ -~]*[!-~])?)?$
 * @examples ["ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIKlXFzV4Ss4JrFO7dMWqTqHXpcOBM0vRSNX0wPT4mF0W ops@example.no"]
 */
export type SshPublicKey = string;
