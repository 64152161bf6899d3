/**
 * Gives what was made from a text, by making it or because it was made before. Whoever compiles a config again after each
 * change, or verifies many platforms that are mostly alike, makes only what is new.
 *
 * @param key tells apart what is made: how, and all that it is made from
 */
export type Remember = <T>(key: string, make: () => T) => T;

/** Who compiles once has nothing to remember. */
export const makeAnew: Remember = (_, make) => make();

/** Remembers what was last asked for, and forgets what was not asked for the longest. */
export function rememberLast(count: number): Remember {
  const known = new Map<string, unknown>();
  return <T>(key: string, make: () => T): T => {
    // What a key stands for has the type that its own `make` gave it.
    const value = known.has(key) ? (known.get(key) as T) : make();
    known.delete(key);
    known.set(key, value);
    const [oldest] = known.keys();
    if (known.size > count && oldest !== undefined) known.delete(oldest);
    return value;
  };
}
