import type { Diagnostic } from '../../diagnostics/diagnostic.ts';

/** Adds the line itself to each diagnostic that knows one in a file that is at hand. */
export function showLines(
  diagnostics: readonly Diagnostic[],
  texts: ReadonlyMap<string, string>,
): readonly Diagnostic[] {
  return diagnostics.map((diagnostic) => {
    const { artifact } = diagnostic;
    if (artifact?.line === undefined) return diagnostic;
    const text = texts.get(artifact.path)?.split('\n')[artifact.line - 1];
    return text === undefined ? diagnostic : { ...diagnostic, artifact: { ...artifact, text } };
  });
}
