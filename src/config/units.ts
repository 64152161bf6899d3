/**
 * A length of time: a whole number and a unit (`ms`, `s`, `m` or `h`), also combined from large to small.
 *
 * @title length of time
 * @pattern ^(?=.)(\d{1,6}h)?(\d{1,6}m)?(\d{1,6}s)?(\d{1,6}ms)?$
 * @examples ["30s", "5m", "1h30m"]
 */
export type Duration = string;

/**
 * A size as nginx writes it: a whole number and `k`, `m` or `g` (powers of 1024), small or capital.
 *
 * @title size in nginx's units
 * @pattern ^[1-9]\d{0,8}[kKmMgG]$
 * @examples ["16k", "1m", "50M"]
 */
export type Size = string;

/**
 * Requests per second or per minute.
 *
 * @title request rate
 * @pattern ^[1-9]\d{0,6}r/[sm]$
 * @examples ["10r/s", "30r/m"]
 */
export type Rate = string;

/**
 * An amount of memory as Kubernetes writes it, in binary units.
 *
 * @title amount of memory
 * @pattern ^[1-9]\d{0,8}(Ki|Mi|Gi)$
 * @examples ["128Mi", "1Gi"]
 */
export type MemoryQuantity = string;

/**
 * An amount of processor time as Kubernetes writes it: thousandths of a core (`m`) or cores.
 *
 * @title amount of cpu
 * @pattern ^([1-9]\d{0,5}m|[1-9]\d{0,2}|\d{1,3}\.\d{1,3})$
 * @examples ["100m", "1", "0.5"]
 */
export type CpuQuantity = string;

/**
 * A name that can be one label of a DNS name: small letters, digits and `-`, at most 63, starting and ending
 * with a letter or digit.
 *
 * @title DNS label
 * @pattern ^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$
 * @examples ["resize-image", "pay"]
 */
export type DnsLabel = string;

/**
 * A fully qualified domain name: at least two labels, the last one not a number, no final dot.
 *
 * @title domain name
 * @maxLength 253
 * @pattern ^([a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?\.)+(?=[-a-z0-9]*[a-z])[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$
 * @examples ["functions.example.no"]
 */
export type DomainName = string;

/**
 * A container image with a tag or a digest, so that the same name means the same bytes next month. Without a
 * registry, `docker.io` is meant.
 *
 * @title image with a tag or a digest
 * @maxLength 512
 * @pattern ^((localhost|(?=[^/.:]*[.:][^/]*[/])[a-z0-9]+(-+[a-z0-9]+)*(\.[a-z0-9]+(-+[a-z0-9]+)*)*)(:\d{1,5})?/|(?![^/.:]*[.:][^/]*[/]))(?![a-z0-9._/-]{256})[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*(/[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*)*(:[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}(@sha256:[a-f0-9]{64})?|@sha256:[a-f0-9]{64})$
 * @examples ["ghcr.io/openfaas/figlet:0.3.0", "ghcr.io/acme/pay@sha256:<64 hex digits>"]
 */
export type ImageReference = string;

/**
 * An IPv4 address.
 *
 * @title IPv4 address
 * @pattern ^((25[0-5]|2[0-4]\d|1?\d?\d)(\.(?!$)|$)){4}$
 * @examples ["10.43.0.80"]
 */
export type Ipv4Address = string;

/**
 * A range of IPv4 addresses in CIDR notation.
 *
 * @title IPv4 range
 * @pattern ^((25[0-5]|2[0-4]\d|1?\d?\d)(\.(?!/)|(?=/))){4}/(3[0-2]|[12]?\d)$
 * @examples ["10.42.0.0/16"]
 */
export type Ipv4Cidr = string;

/**
 * The hexadecimal SHA-256 of a file, 64 digits.
 *
 * @title SHA-256
 * @pattern ^[a-f0-9]{64}$
 * @examples ["ed01f89fd977bf20ac1516bbebf8370bf3ddbaa55dac8aba610956a4c78cc00b"]
 */
export type Sha256 = string;

/**
 * A country by its ISO 3166-1 code of two capital letters.
 *
 * @title country code
 * @pattern ^[A-Z]{2}$
 * @examples ["NO", "FI"]
 */
export type CountryCode = string;

/**
 * An e-mail address.
 *
 * @title e-mail address
 * @maxLength 254
 * @pattern ^[A-Za-z0-9._%+-]+@([A-Za-z0-9]([-A-Za-z0-9]*[A-Za-z0-9])?\.)+[A-Za-z]{2,}$
 * @examples ["ops@example.no"]
 */
export type EmailAddress = string;

/**
 * An http or https address of a place to download from, without a final slash.
 *
 * @title http or https address
 * @pattern ^https?://[A-Za-z0-9.-]+(:\d{1,5})?(/[A-Za-z0-9._~%+-]+)*$
 * @examples ["https://mirror.example.no/k3s"]
 */
export type DownloadUrl = string;

/**
 * An IPv6 address.
 *
 * @title IPv6 address
 * @maxLength 39
 * @pattern ^(?=.*:.*:)[0-9a-f]{0,4}(:[0-9a-f]{0,4}){2,7}$
 * @examples ["2001:db8::10"]
 */
export type Ipv6Address = string;

/**
 * A range of IPv6 addresses in CIDR notation.
 *
 * @title IPv6 range
 * @maxLength 43
 * @pattern ^(?=.*:.*:)[0-9a-f]{0,4}(:[0-9a-f]{0,4}){2,7}/(12[0-8]|1[01]\d|[1-9]?\d)$
 * @examples ["2001:db8:42::/56", "fd00:43::/112"]
 */
export type Ipv6Cidr = string;

/**
 * A domain name, a domain name whose first label is `*`, or an IPv4 address.
 *
 * @title domain name or address
 * @maxLength 253
 * @pattern ^(\*\.)?[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?(\.[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?)*$
 * @examples ["api.example.no", "203.0.113.7"]
 */
export type HostOrWildcard = string;

/**
 * A name as Unix takes it for groups.
 *
 * @title short name
 * @pattern ^[a-z_][a-z0-9_-]{0,31}$
 * @examples ["ops"]
 */
export type UnixName = string;

/**
 * The name of a Kubernetes Secret.
 *
 * @title Secret name
 * @maxLength 253
 * @pattern ^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$
 * @examples ["git-credentials"]
 */
export type SecretName = string;
