import { Document, parse, visit } from 'yaml';

/**
 * YAML that every reader understands alike, whether it speaks 1.1 (cloud-init, Kubernetes) or 1.2: strings that any of
 * them would take for something else are quoted, long ones are never folded, several lines become a `|` block.
 */
export function printYaml(value: unknown, comment?: string): string {
  const document = new Document(value, { aliasDuplicateObjects: false, version: '1.2' });
  visit(document, {
    Scalar(_, scalar) {
      if (typeof scalar.value !== 'string') return;
      if (isBlock(scalar.value)) scalar.type = 'BLOCK_LITERAL';
      else scalar.type = isPlain(scalar.value) ? 'PLAIN' : 'QUOTE_DOUBLE';
    },
  });
  if (comment !== undefined) document.commentBefore = ` ${comment}`;
  return document.toString({ lineWidth: 0, indentSeq: true });
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
