import type { ConfigPath } from '../diagnostics/diagnostic.ts';

/** Parses a config path: `functions.pay.timeout`, `nodes['oslo-1'].role`, `nodes.oslo-1.role`, `secrets[0]`. */
export function parsePath(text: string): ConfigPath {
  const parts: (string | number)[] = [];
  const part = /\[(\d+)\]|\[(['"])(.*?)\2\]|([^.[\]]+)/g;
  for (const [, index, , quoted, bare] of text.matchAll(part)) {
    parts.push(index === undefined ? (quoted ?? bare ?? '') : Number(index));
  }
  return parts;
}
