import type { ConfigPath, Diagnostic } from '../../diagnostics/diagnostic.ts';
import { report } from '../../diagnostics/report.ts';

/**
 * Reports origins that no browser sends in this form: nginx compares the header `Origin` with them character by character.
 * `*` is every one, and `https://*.example.no` every one below a domain.
 */
export function diagnoseOrigins(origins: readonly string[], path: ConfigPath): Diagnostic[] {
  return origins.flatMap((written, index) => {
    if (written === '*') return [];
    const one = written.replace('//*.', '//a.');
    if (!URL.canParse(one)) return [report('resolve/origin-impossible', [...path, index], { written })];
    const { origin } = new URL(one);
    if (origin === one) return [];
    const sent = one === written ? origin : origin.replace('//a.', '//*.');
    return [report('resolve/origin-never-sent', [...path, index], { written, origin: sent })];
  });
}
