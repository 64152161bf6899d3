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
