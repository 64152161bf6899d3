/**
 * The key of a Kubernetes label: a name of at most 63 letters, digits, `-`, `_` and `.`, and before it, if wanted, a
 * DNS name and `/`.
 *
 * @title label key
 * @pattern ^((?=[^/]{1,253}/)[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*[/])?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$
 * @examples ["team", "example.no/team"]
 */
export type LabelKey = string;

/**
 * The value of a Kubernetes label: empty, or at most 63 letters, digits, `-`, `_` and `.`, starting and ending with a
 * letter or digit. A value that does not fit may fit an annotation.
 *
 * @title label value
 * @pattern ^([A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?$
 * @examples ["payments"]
 */
export type LabelValue = string;

/**
 * The key of a Kubernetes annotation: as that of a label, and the DNS name may have capitals.
 *
 * @title annotation key
 * @pattern ^((?=[^/]{1,253}/)[A-Za-z0-9]([-A-Za-z0-9]*[A-Za-z0-9])?(\.[A-Za-z0-9]([-A-Za-z0-9]*[A-Za-z0-9])?)*[/])?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$
 * @examples ["topic", "example.no/owner"]
 */
export type AnnotationKey = string;
