import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import type { AdjustmentConfig } from './adjustment.ts';

/** Diagnostics of one code that a config left out. */
export interface Silenced {
  readonly code: string;
  readonly count: number;
  readonly reason: string;
}

/** Gives each diagnostic the severity that the config sets, and returns those that are off. Errors keep theirs. */
export function adjust(
  diagnostics: readonly Diagnostic[],
  adjustments: Readonly<Record<string, AdjustmentConfig>> = {},
): { readonly diagnostics: readonly Diagnostic[]; readonly silenced: readonly Silenced[] } {
  const kept: Diagnostic[] = [];
  const counts = new Map<string, number>();
  for (const diagnostic of diagnostics) {
    const { code } = diagnostic;
    const adjustment = Object.hasOwn(adjustments, code) ? adjustments[code] : undefined;
    if (adjustment === undefined || diagnostic.severity === 'error') kept.push(diagnostic);
    else if (adjustment.severity === 'off') counts.set(code, (counts.get(code) ?? 0) + 1);
    else kept.push({ ...diagnostic, severity: adjustment.severity });
  }
  const silenced = [...counts]
    .map(([code, count]) => ({ code, count, reason: adjustments[code]?.reason ?? '' }))
    .sort((a, b) => (a.code < b.code ? -1 : 1));
  return { diagnostics: kept, silenced };
}
