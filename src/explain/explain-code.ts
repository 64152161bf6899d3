import picocolors from 'picocolors';
import { type Code, codes } from '../diagnostics/codes.ts';
import type { Severity } from '../diagnostics/definition.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { DistEdit, Example } from '../diagnostics/example.ts';
import { printDiagnostic } from '../diagnostics/print/print.ts';
import { exampleFolder, runExample } from './run-example.ts';

/** The explanation of a code, with the real result of its example. */
export interface CodeExplanation {
  readonly code: Code;
  readonly severity: Severity;
  readonly meaning: string;
  /** The cause: source text, or an action. */
  readonly example: string;
  /** The example's language. */
  readonly language: 'ts' | 'json' | 'text';
  /** The diagnostic that it causes. */
  readonly found: Diagnostic;
  /** The output of Fjord: the fact, its place and the fix. */
  readonly printed: string;
}

/** Explains a code by running its example. Throws if the example does not cause the code. */
export async function explainCode(code: Code): Promise<CodeExplanation> {
  const definition = codes[code];
  const example: Example = definition.example;
  const found = (await runExample(code, example)).find((diagnostic) => diagnostic.code === code);
  if (found === undefined) throw new Error(`the example of ${code} does not cause it`);
  const options = { colors: picocolors.createColors(false), cwd: exampleFolder };
  return {
    code,
    severity: definition.severity,
    meaning: definition.meaning,
    example: exampleText(example),
    language: languageOf(example),
    found,
    printed: printDiagnostic(found, options),
  };
}

function languageOf(example: Example): 'ts' | 'json' | 'text' {
  if ('situation' in example || 'dist' in example) return 'text';
  return 'source' in example && example.file?.endsWith('.json') ? 'json' : 'ts';
}

function exampleText(example: Example): string {
  if ('situation' in example) return example.situation;
  if ('source' in example) return example.source.trimEnd();
  const keys = Object.entries(example.config ?? {}).map(([key, source]) =>
    source === '' ? `// no ${key}` : `${key}: ${source},`,
  );
  return [...keys, ...('dist' in example ? [editText(example.dist)] : [])].join('\n');
}

function editText(edit: DistEdit): string {
  const file = `dist/${edit.path.replace('#', ' carries ')}`;
  if ('remove' in edit) return `${file} is removed`;
  if ('add' in edit) return `${file} is added`;
  const after = edit.to === '' ? 'is removed' : `becomes\n${indent(edit.to)}`;
  return `in ${file}\n${indent(edit.from)}\n${after}`;
}

function indent(text: string): string {
  return text.trimEnd().replace(/^/gm, '  ');
}
