/** What a boot may be made to suffer. Each is one thing that goes wrong outside the node's own control. */
export type Fault =
  /** The K3s binary's download breaks off half way. */
  | 'k3s-download-fails'
  /** The release server takes the request for the K3s binary and never answers. */
  | 'k3s-download-hangs'
  /** The K3s binary is not the one that its list of hashes names. */
  | 'k3s-hash-wrong'
  /** The disk below `/var/lib/rancher` writes 50 times a second at most, so a flush takes 20 ms. */
  | 'disk-slow'
  /** The kernel starts with `ipv6.disable=1`. */
  | 'ipv6-off'
  /** The package mirror answers every request with 503. */
  | 'package-mirror-down'
  /** Another process listens on port 443 before cloud-init starts. */
  | 'port-443-taken';
