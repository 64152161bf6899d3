import type { ConfigPath } from './diagnostic.ts';
import { quote } from './quote.ts';

/** Formats a path as code: `functions.pay.timeout`, `nodes['oslo-1'].role`, `secrets[0]`. */
export function formatPath(path: ConfigPath): string {
  return path
    .map((part, index) => {
      if (typeof part === 'number') return `[${part}]`;
      if (!/^[A-Za-z_$][\w$]*$/.test(part)) return `[${quote(part)}]`;
      return index === 0 ? part : `.${part}`;
    })
    .join('');
}

/** A config path as people write it: `functions.pay.timeout`, `nodes['oslo-1'].role`, `nodes.oslo-1.role`, `secrets[0]`. */
export function parsePath(text: string): ConfigPath {
  const parts: (string | number)[] = [];
  const part = /\[(\d+)\]|\[(['"])(.*?)\2\]|([^.[\]]+)/g;
  for (const [, index, , quoted, bare] of text.matchAll(part)) {
    parts.push(index === undefined ? (quoted ?? bare ?? '') : Number(index));
  }
  return parts;
}
