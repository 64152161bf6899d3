/** Keys that come first, as people write manifests; the others follow by the alphabet. */
const first = ['apiVersion', 'kind', 'metadata', 'name'];

/**
 * The same value with its keys in an order of our own. cdk8s sorts them too, unless an environment variable says not
 * to; the same config must give the same bytes whatever the environment.
 */
export function canonical(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(canonical);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => rank(a) - rank(b) || (a < b ? -1 : 1))
      .map(([key, part]) => [key, canonical(part)]),
  );
}

function rank(key: string): number {
  const position = first.indexOf(key);
  return position === -1 ? first.length : position;
}
