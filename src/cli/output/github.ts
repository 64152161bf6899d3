import { join, relative } from 'node:path';
import type { Difference } from '../../artifacts/difference.ts';
import { formatPath } from '../../diagnostics/config-path.ts';
import type { Severity } from '../../diagnostics/definition.ts';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { escapeUnprintable } from '../../diagnostics/escape.ts';
import { artifactFile } from './artifact-file.ts';
import type { Places } from './sarif.ts';

const commands: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', info: 'notice' };

/**
 * Prints diagnostics, and differences of `--check`, as workflow commands, one per line. GitHub shows them at their lines
 * in a pull request.
 */
export function toGithub(
  diagnostics: readonly Diagnostic[],
  places: Places,
  differences: readonly Difference[] = [],
): string {
  const commands = [
    ...diagnostics.map((diagnostic) => commandOf(diagnostic, places)),
    ...differences.map((difference) => differenceCommand(difference, places)),
  ];
  return commands.map((command) => `${command}\n`).join('');
}

function differenceCommand({ path, kind, line }: Difference, { cwd, outDir }: Places): string {
  const file = escapeProperty(relative(cwd, join(outDir, path)));
  const at = line !== undefined && kind === 'changed' ? `,line=${line}` : '';
  const text = `${path} is out of date (${kind})\nrun fjord synth`;
  return `::error file=${file}${at},title=out of date::${escapeData(text)}`;
}

function commandOf(diagnostic: Diagnostic, places: Places): string {
  const { code, severity, path, message, hint } = diagnostic;
  const properties = { ...placeOf(diagnostic, places), title: code };
  const list = Object.entries(properties).map(([key, value]) => `${key}=${escapeProperty(String(value))}`);
  const subject = path.length > 0 ? `${formatPath(path)}: ` : '';
  return `::${commands[severity]} ${list.join(',')}::${escapeData(`${subject}${message}\n${hint}`)}`;
}

function placeOf(
  { location, artifact }: Diagnostic,
  { cwd, outDir }: Places,
): Record<string, string | number> {
  if (location) {
    const { line, column, length } = location;
    return {
      file: relative(cwd, location.file),
      line,
      endLine: line,
      col: column,
      endColumn: column + length,
    };
  }
  if (artifact === undefined) return {};
  const { file, line } = artifactFile(artifact, outDir);
  return { file: relative(cwd, file), ...(line !== undefined && { line }) };
}

/** Escapes characters that would end the command or begin another command, and terminal control characters. */
function escapeData(text: string): string {
  const lines = text.split('\n').map(escapeUnprintable);
  return lines.map((line) => line.replaceAll('%', '%25')).join('%0A');
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
