const named: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t', '\0': '\\0' };

// Control and format characters, line and paragraph separators, lone surrogates, and all white space but the space.
const unprintable = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]|(?! )\p{Zs}/gu;

/**
 * Makes text safe for a terminal and its hidden characters visible: escape sequences, line ends, bidirectional
 * marks, zero-width and non-breaking spaces become `\x1b`, `\n`, `\u202e` and so on. Printable text is unchanged.
 */
export function escapeUnprintable(text: string): string {
  return text.replace(unprintable, (character) => {
    const code = character.codePointAt(0) ?? 0;
    if (named[character]) return named[character];
    if (code < 0x100) return `\\x${code.toString(16).padStart(2, '0')}`;
    return code < 0x10000 ? `\\u${code.toString(16).padStart(4, '0')}` : `\\u{${code.toString(16)}}`;
  });
}
