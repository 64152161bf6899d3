/**
 * A text as Kubernetes must be given it in a variable or an argument, so that the process gets the text itself: the
 * kubelet replaces `$(NAME)`, takes one of two `$` away, and garbles what follows a `$` outside ASCII.
 */
export function literalValue(text: string): string {
  return /\$[$(\x80-\u{10ffff}]/u.test(text) ? text.replaceAll('$', '$$$$') : text;
}
