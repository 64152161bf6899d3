/**
 * Gives what was read from a text, by reading it or because it was read before. Whoever verifies many platforms that
 * are mostly alike reads each file of theirs once.
 *
 * @param key tells apart what is read: how, and the text itself
 */
export type Remember = <T>(key: string, read: () => T) => T;

/** For one platform there is nothing to remember. */
export const readAnew: Remember = (_, read) => read();

/** Remembers what was last asked for, and forgets what was not asked for the longest. */
export function rememberLast(count: number): Remember {
  const known = new Map<string, unknown>();
  return <T>(key: string, read: () => T): T => {
    // What a key stands for has the type that its own `read` gave it.
    const value = known.has(key) ? (known.get(key) as T) : read();
    known.delete(key);
    known.set(key, value);
    const [oldest] = known.keys();
    if (known.size > count && oldest !== undefined) known.delete(oldest);
    return value;
  };
}
