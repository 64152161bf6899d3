import type { ConfigPath, Diagnostic } from '../../diagnostics/diagnostic.ts';
import { report } from '../../diagnostics/report.ts';

/** Reports origins that no browser sends in this form: nginx compares the header `Origin` with them character by character. */
export function diagnoseOrigins(origins: readonly string[], path: ConfigPath): Diagnostic[] {
  return origins.flatMap((written, index) => {
    if (!URL.canParse(written)) {
      return [report('resolve/origin-impossible', [...path, index], { written })];
    }
    const { origin } = new URL(written);
    return origin === written
      ? []
      : [report('resolve/origin-never-sent', [...path, index], { written, origin })];
  });
}
