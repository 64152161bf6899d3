import { Document, parse, visit } from 'yaml';

/**
 * YAML that every reader understands alike, whether it speaks 1.1 (cloud-init, Kubernetes) or 1.2: strings that any of
 * them would take for something else are quoted, long ones are never folded, several lines become a `|` block.
 *
 * @param quoted what a string must not hold to stay unquoted, beyond what YAML itself asks
 */
export function printYaml(value: unknown, comment?: string, quoted?: RegExp): string {
  const document = new Document(value, { aliasDuplicateObjects: false, version: '1.2' });
  visit(document, {
    Scalar(_, scalar) {
      if (typeof scalar.value !== 'string') return;
      if (quoted?.test(scalar.value)) scalar.type = 'QUOTE_DOUBLE';
      else if (isBlock(scalar.value)) scalar.type = 'BLOCK_LITERAL';
      else scalar.type = isPlain(scalar.value) ? 'PLAIN' : 'QUOTE_DOUBLE';
    },
  });
  if (comment !== undefined) document.commentBefore = ` ${comment}`;
  const options = { lineWidth: 0, indentSeq: true, doubleQuotedMinMultiLineLength: Number.MAX_SAFE_INTEGER };
  return document.toString(options).replace(unprintable, escapeCharacter);
}

/** Several lines of ordinary text; anything else in a block would be changed or refused by some reader. */
function isBlock(text: string): boolean {
  return /^[^\s][^\n]*\n/.test(text) && !/[^\n\t\x20-\x7e]|[ \t]\n|\n\n$/.test(text);
}

/** Begins like a word or a path, holds nothing with a meaning in YAML, and is a string to both versions. */
function isPlain(text: string): boolean {
  if (!/^[A-Za-z/][A-Za-z0-9 ._/@+:()%-]*$/.test(text) || /: |:$| $/.test(text)) return false;
  return parse(text, { version: '1.1' }) === text && parse(text, { version: '1.2' }) === text;
}

/** What YAML does not count as printable, or counts as a line end, and the printer leaves as it is in quotes. */
const unprintable = /[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]/g;

function escapeCharacter(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
