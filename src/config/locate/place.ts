import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import type { LoadedConfig } from './loaded-config.ts';
import { locate } from './locate.ts';

/** Adds to each diagnostic where its path is written, and sorts them by that place. The source is only parsed here. */
export function place(loaded: LoadedConfig, diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  return diagnostics
    .map((diagnostic) => ({
      ...diagnostic,
      location: diagnostic.location ?? locate(loaded, diagnostic.path, diagnostic.at),
    }))
    .sort(compareDiagnostics);
}

/** By file, line, column, code, artifact and message; those without a place first. */
export function compareDiagnostics(a: Diagnostic, b: Diagnostic): number {
  return (
    compare(a.location?.file ?? '', b.location?.file ?? '') ||
    compare(a.location?.line ?? 0, b.location?.line ?? 0) ||
    compare(a.location?.column ?? 0, b.location?.column ?? 0) ||
    compare(a.code, b.code) ||
    compare(a.artifact?.path ?? '', b.artifact?.path ?? '') ||
    compare(a.artifact?.line ?? 0, b.artifact?.line ?? 0) ||
    compare(a.message, b.message)
  );
}

function compare<T extends string | number>(a: T, b: T): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
