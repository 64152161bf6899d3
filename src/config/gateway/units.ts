/**
 * A range of IPv4 or IPv6 addresses in CIDR notation.
 *
 * @title network in CIDR notation
 * @maxLength 43
 * @pattern ^(((25[0-5]|2[0-4]\d|1?\d?\d)(\.(?!/)|(?=/))){4}/(3[0-2]|[12]?\d)|(?=.*:.*:)[0-9a-f]{0,4}(:[0-9a-f]{0,4}){2,7}/(12[0-8]|1[01]\d|[1-9]?\d))$
 * @examples ["203.0.113.0/24", "2001:db8::/48"]
 */
export type Network = string;

/**
 * The absolute path of a file on the node.
 *
 * @title absolute path
 * @maxLength 200
 * @pattern ^(/(?!\.\.?(/|$))[A-Za-z0-9._@+-]+)+$
 * @examples ["/etc/fjord/fullchain.pem"]
 */
export type NodePath = string;

/**
 * A domain name, or `*.` and a domain name for every name one label below it.
 *
 * @title domain name
 * @maxLength 253
 * @pattern ^(\*\.)?([a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?\.)+(?=[-a-z0-9]*[a-z])[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$
 * @examples ["pay.example.no", "*.tenants.example.no"]
 */
export type ServedDomain = string;

/**
 * The name of an HTTP header.
 *
 * @title header name
 * @maxLength 64
 * @pattern ^[A-Za-z][A-Za-z0-9-]*$
 * @examples ["X-Request-Id"]
 */
export type HeaderName = string;

/**
 * The value of an HTTP header: printable ASCII, without `$`, which nginx always reads as a variable.
 *
 * @title header value
 * @maxLength 4000
 * @pattern ^[!-#%-~]([ -#%-~]*[!-#%-~])?$
 * @examples ["default-src 'self'; frame-ancestors 'none'"]
 */
export type HeaderValue = string;

/**
 * A path of the gateway: one or more names, each after a `/`, without one at the end; a whole domain is for `http.domains`.
 *
 * @title path
 * @maxLength 200
 * @pattern ^(/(?!\.\.?(/|$))[A-Za-z0-9._~-]+)+$
 * @examples ["/pay", "/v1/orders"]
 */
export type UrlPath = string;

/**
 * A web origin: scheme, name and, if it is not the scheme's own, port. Exactly as a browser sends it, without a path.
 *
 * @title web origin
 * @maxLength 260
 * @pattern ^https?://([a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?\.)*[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?(:\d{1,5})?$
 * @examples ["https://shop.example.no"]
 */
export type Origin = string;

/**
 * The origins of all names below a domain, at any depth, but not that of the domain itself.
 *
 * @title web origins below a domain
 * @maxLength 260
 * @pattern ^https?://\*\.([a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?\.)+[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?(:\d{1,5})?$
 * @examples ["https://*.example.no"]
 */
export type OriginsBelow = string;

/**
 * An https address.
 *
 * @title https address
 * @maxLength 500
 * @pattern ^https://[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?(:\d{1,5})?(/[A-Za-z0-9._~%+-]+)*(/)?$
 * @examples ["https://ca.example.no/acme/directory"]
 */
export type HttpsUrl = string;
