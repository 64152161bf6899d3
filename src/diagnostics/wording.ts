/** `a, b or c`. */
export function alternatives(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;
}

/** `a DNS label`, `an IPv4 address`, `whole numbers with spaces between them`. */
export function withArticle(noun: string): string {
  const isPlural = /^(\w+ )?[a-z]+[^'s]s\b/.test(noun);
  if (isPlural || /^(an?|the) /.test(noun)) return noun;
  return /^[aeiou]|^http/i.test(noun) ? `an ${noun}` : `a ${noun}`;
}
