/**
 * Escapes text for an environment variable or argument of a container, so that the process gets exactly this text. The
 * kubelet replaces `$(NAME)`, turns `$$` into `$`, and garbles non-ASCII characters after a `$`.
 */
export function literalValue(text: string): string {
  return /\$[$(\x80-\u{10ffff}]/u.test(text) ? text.replaceAll('$', '$$$$') : text;
}
