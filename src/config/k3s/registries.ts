import type { NodePath } from '../gateway/units.ts';
import type { DownloadUrl } from '../units.ts';

/**
 * The host of an image registry, with a port if it needs one.
 *
 * @title registry host
 * @maxLength 253
 * @pattern ^[a-z0-9]([-a-z0-9.]*[a-z0-9])?(:\d{1,5})?$
 * @examples ["registry.example.no", "docker.io"]
 */
export type RegistryHost = string;

/**
 * The host of an image registry, or `*` for all others.
 *
 * @title registry host or *
 * @maxLength 253
 * @pattern ^(\*|[a-z0-9]([-a-z0-9.]*[a-z0-9])?(:\d{1,5})?)$
 * @examples ["docker.io", "*"]
 */
export type RegistryHostOrAll = string;

/**
 * A regular expression of the path of an image.
 *
 * @title pattern of a path
 * @minLength 1
 * @maxLength 300
 * @examples ["^library/(.*)"]
 */
export type PathPattern = string;

/** Where images are pulled from, written to `/etc/rancher/k3s/registries.yaml` on every node. */
export interface RegistriesConfig {
  /**
   * Other places that have the images of a registry, by that registry's host; tried in order.
   *
   * @minProperties 1
   * @examples [{ "docker.io": { "endpoints": ["https://mirror.example.no"] } }]
   */
  mirrors?: Record<RegistryHostOrAll, RegistryMirrorConfig>;

  /**
   * Never fall back on the registry itself: an image that the mirrors lack is not pulled.
   *
   * @default false
   */
  mirrorsOnly?: boolean;

  /**
   * How nodes log in at a registry or mirror, and how they know it, by its host.
   *
   * @minProperties 1
   * @examples [{ "registry.example.no": { "auth": "file" } }]
   */
  configs?: Record<RegistryHost, RegistryAccessConfig>;
}

/**
 * Access to one registry. A password is never here, because `dist/` would have it.
 *
 * @minProperties 1
 * @examples [{ "auth": "file" }]
 */
export interface RegistryAccessConfig {
  /**
   * `file`: each node logs in with the `USER:PASSWORD` that its file `/etc/fjord/registries/<host>` has, of root and mode 0600.
   * `fjord user-data` asks for it. Unset, nodes do not log in.
   */
  auth?: 'file';

  /** A PEM file on each node with the authority of the registry's certificate. Unset, those of the system are trusted. */
  ca?: NodePath;
}

/** The mirrors of one registry. */
export interface RegistryMirrorConfig {
  /**
   * Tried in this order, before the registry itself.
   *
   * @minItems 1
   * @uniqueItems true
   */
  endpoints: DownloadUrl[];

  /**
   * Other paths of images in the mirrors: a regular expression of Go's for the path behind the registry, without a
   * backslash (`[.]` is a dot), and what to put in its place. If several fit a path, it is not determined which is used.
   *
   * @minProperties 1
   * @examples [{ "^library/(.*)": "mirror/library/$1" }]
   */
  rewrite?: Record<PathPattern, string>;
}
