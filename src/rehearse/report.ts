import type { Colors } from 'picocolors/types.js';
import { isRed, type RehearsalResult, type StepResult } from './result.ts';

const heads = ['', 'calls', 'lost', 'away', 'back after'] as const;

/** The table for a terminal. */
export function prettyReport(result: RehearsalResult, colors: Colors): string {
  const rows = result.steps.filter(({ leftOut }) => leftOut === undefined);
  const cells = [heads, ...rows.map(cellsOf)];
  const widths = heads.map((_, column) => Math.max(...cells.map((row) => row[column]?.length ?? 0)));
  const line = (row: readonly string[]) =>
    row
      .map((cell, column) =>
        column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join('  ');
  return [
    `What ran differs from the config of ${result.platform} in this:`,
    ...result.changes.map((change) => `  ${change}`),
    'Callers:',
    ...result.callers.map((caller) => `  ${caller}`),
    '',
    `  ${line(heads)}`,
    ...rows.flatMap((step, index) => {
      const text = line(cells[index + 1] ?? []);
      return [
        isRed(step) ? colors.red(`✗ ${text}`) : `${colors.green('✓')} ${text}`,
        ...whyRed(step).map((why) => colors.red(`    ${why}`)),
        ...(step.note === undefined ? [] : [colors.dim(`    ${step.note}`)]),
      ];
    }),
    ...leftOut(result).map((words) => `- ${words}`),
    '',
    `${summary(result)}`,
    '',
  ].join('\n');
}

/** The same as Markdown. */
export function markdownReport(result: RehearsalResult): string {
  const rows = result.steps.filter(({ leftOut }) => leftOut === undefined);
  return [
    `# Rehearsal of ${result.platform}`,
    '',
    '| | what happened | calls | lost | away | back after | |',
    '|---|---|---:|---:|---:|---:|---|',
    ...rows.map((step) => {
      const [, ...cells] = cellsOf(step);
      const words = [...whyRed(step), ...(step.note === undefined ? [] : [step.note])]
        .map(inCell)
        .join('<br>');
      return `| ${isRed(step) ? '❌' : '✅'} ${step.name} | ${inCell(step.title)} | ${cells.join(' | ')} | ${words} |`;
    }),
    '',
    ...section('Left out', leftOut(result)),
    ...section('What differs from the config', result.changes),
    ...section('Callers', result.callers),
    summary(result),
    '',
  ].join('\n');
}

/** The same for programs. */
export function jsonReport(result: RehearsalResult): unknown {
  return {
    ...result,
    ok: !result.steps.some(isRed),
    steps: result.steps.map((step) => ({ ...step, red: isRed(step) })),
  };
}

function cellsOf(step: StepResult): string[] {
  const { calls, lost, away } = step.losses;
  return [
    step.name,
    String(calls),
    String(lost),
    lost === 0 ? '' : `${away.toFixed(1)} s`,
    step.back === undefined ? 'never' : `${step.back} s`,
  ];
}

function whyRed(step: StepResult): string[] {
  const { lost, outcomes } = step.losses;
  return [
    ...(step.losesNoCall && lost > 0 ? [`${lost} calls lost (${outcomes.join(', ')}), and none may be`] : []),
    ...step.notBack,
  ];
}

function leftOut({ steps }: RehearsalResult): string[] {
  return steps.flatMap(({ name, leftOut: why }) => (why === undefined ? [] : [`${name} left out: ${why}`]));
}

function section(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : [`## ${title}`, '', ...lines.map((line) => `- ${inCell(line)}`), ''];
}

function inCell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll(/\s*\n\s*/g, ' ');
}

function summary({ steps, seconds }: RehearsalResult): string {
  const done = steps.filter(({ leftOut }) => leftOut === undefined);
  const red = done.filter(isRed);
  const took = `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
  return red.length === 0
    ? `${done.length} steps in ${took}: everything came back, and no call was lost that must not be.`
    : `${done.length} steps in ${took}: ${red.length} failed: ${red.map(({ name }) => name).join(', ')}.`;
}
