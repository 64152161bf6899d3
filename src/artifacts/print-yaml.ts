import { Document, visit } from 'yaml';

/**
 * Prints YAML that means the same in 1.1 (cloud-init, Kubernetes) and 1.2: strings that either version would read as
 * another type are quoted, long ones are never folded, and text of several lines becomes a `|` block.
 *
 * @param quoted strings that match this are quoted too, in addition to YAML's own rules
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

/** True for several lines of ordinary text. Some readers would change or refuse anything else in a block. */
function isBlock(text: string): boolean {
  return /^[^\s][^\n]*\n/.test(text) && !/[^\n\t\x20-\x7e]|[ \t]\n|\n\n$/.test(text);
}

/** True if the text begins like a word or path, has no YAML syntax, and is a string in both versions. */
function isPlain(text: string): boolean {
  if (!/^[A-Za-z/][A-Za-z0-9 ._/@+:()%-]*$/.test(text) || /: |:$| $/.test(text)) return false;
  return !words.test(text);
}

/** All that begins with a letter and that some reader of either version takes for another type. */
const words = /^(?:y|n|yes|no|on|off|true|false|null|e[-+]?[0-9_]+)$/i;

/** Characters that YAML calls unprintable or line ends, but the printer does not escape in quotes. */
const unprintable = /[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]/g;

function escapeCharacter(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
