/** Containerd's settings for mirrors of registries. */
export interface ImageMirrors {
  /** The endpoints of a registry's mirrors, by its host or `*`. */
  readonly endpoints: ReadonlyMap<string, readonly string[]>;
  /** Whether a registry that has mirrors is never asked itself. */
  readonly only: boolean;
}

/** Where K3s' own images are, unless another registry is configured. */
export const systemRegistry = 'docker.io';

/**
 * The host of an image's registry, by the rule of containerd's references: `acme/pay:1` and `pay:1` are in `docker.io`, which
 * was once called `index.docker.io`.
 */
export function registryOf(image: string): string {
  const [first = '', ...rest] = image.split('/');
  const isHost = rest.length > 0 && (/[.:]/.test(first) || first === 'localhost');
  return isHost && first !== 'index.docker.io' ? first : 'docker.io';
}

/** The image with everything that containerd adds: `docker.io/library/pay:1` of `pay:1`. */
export function fullImage(image: string): string {
  const registry = registryOf(image);
  const isNamed = image.startsWith(`${registry}/`) || image.startsWith('index.docker.io/');
  const path = isNamed ? image.slice(image.indexOf('/') + 1) : image;
  return `${registry}/${registry === 'docker.io' && !path.includes('/') ? 'library/' : ''}${path}`;
}

/** The hosts that the bytes of a registry's images come from, in the order in which they are asked. */
export function imageSources(registry: string, { endpoints, only }: ImageMirrors): readonly string[] {
  const mirrors = endpoints.get(registry) ?? endpoints.get('*');
  if (mirrors === undefined) return [registry];
  return [...new Set([...mirrors.map(hostOf), ...(only ? [] : [registry])])];
}

/** The host of an endpoint, with its port if it says one. */
export function hostOf(endpoint: string): string {
  return /^https?:\/\/([^/]+)/.exec(endpoint)?.[1] ?? endpoint;
}
