/**
 * The longest argument or comment line that nginx reads, in bytes as written. A whole one, with its end, must fit into
 * the 4096 bytes of the lexer's buffer (`NGX_CONF_BUFFER` in ngx_conf_file.c).
 */
export const longestToken = 4094;

/** Bytes that need no quotes anywhere in an argument. `{`, `}`, `;`, `#`, quotes, `\` and spaces do. */
const bare = /^[A-Za-z0-9_.:/$=~^@*+,%&?!<>()|[\]-]+$/;

const escapes: Readonly<Record<string, string>> = { '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/**
 * Prints a value as one argument of a conf: without quotes if nginx reads it the same, in single quotes if it contains
 * double quotes and no single ones, else in double quotes. nginx's lexer knows `\"`, `\'`, `\\`, `\n`, `\r` and `\t`
 * and keeps any other backslash, so every backslash is doubled. `$` is not escaped: the directive decides what it means.
 *
 * @throws RangeError for a value that a conf cannot contain: NUL, half a surrogate pair, more than 4094 bytes
 */
export function printArgument(value: string): string {
  const problem = unprintable(value);
  if (problem !== undefined) throw new RangeError(`an nginx argument ${problem}`);
  if (bare.test(value)) return value;
  const quote = value.includes('"') && !value.includes("'") ? "'" : '"';
  const escaped = value.replace(/[\\\n\r\t"']/g, (character) =>
    character === quote ? `\\${character}` : (escapes[character] ?? character),
  );
  return quote + escaped + quote;
}

/** Why a value cannot be an argument at all, or `undefined`. */
function unprintable(value: string): string | undefined {
  if (value.includes('\0')) return 'cannot hold a NUL character';
  if (/\p{Surrogate}/u.test(value)) return 'cannot hold half a surrogate pair';
  // Escapes count as two bytes, and the quotes around the value as two more.
  const written = Buffer.byteLength(value.replace(/[\\\n\r\t"']/g, '..')) + 2;
  if (written > longestToken) return `cannot be longer than ${longestToken} bytes`;
  return undefined;
}

/** Text that nginx cannot carry as it is. */
export interface TextProblem {
  /** Completes "the text …": `cannot hold "$", …`. */
  readonly problem: string;
}

/**
 * Turns a user's text into an argument that means exactly that text, also where nginx would expand variables. All
 * printable text is kept, including `;`, `{`, `}`, `#`, quotes, backslashes, spaces and any letter of Unicode. It
 * refuses `$`, for which nginx has no escape, and control characters including line ends, which do not belong in a
 * header, a log line or a path. It does not check what the text means: `..` in a path is ordinary text here.
 */
export function userText(value: string): string | TextProblem {
  if (value.includes('$')) return { problem: 'cannot hold "$", which nginx always reads as a variable' };
  return withoutControls(value, /\p{Cc}/u);
}

/** The same for text of several lines: it also keeps line ends and tabs. Only for the text of a response. */
export function userLines(value: string): string | TextProblem {
  if (value.includes('$')) return { problem: 'cannot hold "$", which nginx always reads as a variable' };
  return withoutControls(value, /(?![\n\r\t])\p{Cc}/u);
}

function withoutControls(value: string, controls: RegExp): string | TextProblem {
  const control = controls.exec(value)?.[0];
  if (control !== undefined) {
    const code = control.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0');
    return { problem: `cannot hold the control character U+${code}` };
  }
  const problem = unprintable(value);
  return problem === undefined ? value : { problem };
}
