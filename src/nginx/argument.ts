/**
 * The longest argument or comment line that nginx reads, in bytes as written. Its lexer has a buffer of 4096 bytes
 * that must hold the whole of one, with its end (`NGX_CONF_BUFFER` in ngx_conf_file.c).
 */
export const longestToken = 4094;

/** Bytes that need no quotes anywhere in an argument. `{`, `}`, `;`, `#`, quotes, `\` and spaces do. */
const bare = /^[A-Za-z0-9_.:/$=~^@*+,%&?!<>()|[\]-]+$/;

const escapes: Readonly<Record<string, string>> = { '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/**
 * A value as one argument of a conf: bare where nginx reads it so, else in double quotes, or in single quotes when it
 * holds double quotes and no single ones. nginx's lexer knows `\"`, `\'`, `\\`, `\n`, `\r` and `\t` and keeps any
 * other backslash, so every backslash is doubled. A `$` stays one: what it means is up to the directive.
 *
 * @throws RangeError for what no conf can hold: NUL, half a surrogate pair, more than 4094 bytes
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
  // Doubled backslashes and quotes count as written; two more for the quotes around.
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
 * Text that a person wrote, as an argument that means exactly that text wherever nginx would look for variables.
 * Everything printable survives, also `;`, `{`, `}`, `#`, quotes, backslashes, spaces and any letter of Unicode.
 * Refused are `$`, which nginx has no escape for, and control characters with line ends among them, which have no
 * place in a header, a log line or a path. It does not judge what the text means: `..` in a path is only text here.
 */
export function userText(value: string): string | TextProblem {
  if (value.includes('$')) return { problem: 'cannot hold "$", which nginx always reads as a variable' };
  return withoutControls(value, /\p{Cc}/u);
}

/** The same for text of several lines: line ends and tabs survive too. For the text of an answer, and nothing else. */
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
