import type { Scope } from '../../nginx/scope.ts';

/** The map that gives a variable its value. */
export function mapOf(scopes: readonly Scope[], variable: string): Scope | undefined {
  return scopes.find(({ name, head }) => name === 'map' && head?.args.at(-1) === variable);
}

/**
 * What a map makes of a text, as nginx does: an entry that is the text, else the first pattern that fits, else the
 * default. A value that is a capture of the pattern is what was captured; other variables are left as they are.
 *
 * @returns `undefined` for a pattern that cannot be tried here
 */
export function mapValue({ directives }: Scope, text: string): string | undefined {
  const entries = directives
    // `volatile` says how a map works, and is no entry.
    .filter(({ args }) => args.length > 0)
    .map(({ directive, args }) => [directive, args[0] ?? ''] as const);
  const exact = entries.find(
    ([key]) => !key.startsWith('~') && key !== 'default' && key === text.toLowerCase(),
  );
  if (exact !== undefined) return exact[1];
  for (const [key, value] of entries) {
    if (!key.startsWith('~')) continue;
    const pattern = patternOf(key);
    if (pattern === undefined) return undefined;
    const found = pattern.exec(text);
    if (found !== null) return found.groups?.[value.slice(1)] ?? value;
  }
  return entries.find(([key]) => key === 'default')?.[1] ?? '';
}

/** nginx' patterns are PCRE's; those of ours mean the same in JavaScript. */
function patternOf(key: string): RegExp | undefined {
  const insensitive = key.startsWith('~*');
  try {
    return new RegExp(key.slice(insensitive ? 2 : 1), insensitive ? 'i' : '');
  } catch {
    return undefined;
  }
}

/** A word of a conf, or all that a variable may say: through other variables too. */
export function wordsOf(scopes: readonly Scope[], word: string, through: readonly string[] = []): string[] {
  if (!word.startsWith('$') || through.includes(word)) return [word];
  return (mapOf(scopes, word)?.directives ?? []).flatMap(({ args }) =>
    // `volatile` says how a map works, and is not an entry.
    args.slice(0, 1).flatMap((value) => wordsOf(scopes, value, [...through, word])),
  );
}
