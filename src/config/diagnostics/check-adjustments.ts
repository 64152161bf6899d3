import { type Code, codes } from '../../diagnostics/codes.ts';
import { isAdjustable } from '../../diagnostics/definition.ts';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { report } from '../../diagnostics/report.ts';
import { nearest } from '../../diagnostics/suggest.ts';

/** Reports codes in `diagnostics` that do not exist or are errors. */
export function checkAdjustments(value: unknown): Diagnostic[] {
  const { diagnostics } = (value ?? {}) as { readonly diagnostics?: unknown };
  if (typeof diagnostics !== 'object' || diagnostics === null) return [];
  return Object.keys(diagnostics).flatMap((code) => {
    const path = ['diagnostics', code];
    if (!isCode(code)) {
      const suggestion = nearest(
        code,
        Object.keys(codes)
          .filter(isCode)
          .filter((each) => isAdjustable(codes[each])),
      );
      return [report('check/unknown-code', path, { code, suggestion }, { at: 'key' })];
    }
    return isAdjustable(codes[code]) ? [] : [report('check/not-adjustable', path, { code }, { at: 'key' })];
  });
}

function isCode(name: string): name is Code {
  return Object.hasOwn(codes, name);
}
