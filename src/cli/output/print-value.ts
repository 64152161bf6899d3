import { formatPath } from '../../diagnostics/config-path.ts';
import { escapeUnprintable } from '../../diagnostics/escape.ts';
import { type PrintOptions, printPlace } from '../../diagnostics/print/print.ts';
import { quote } from '../../diagnostics/quote.ts';
import type { ValueExplanation } from '../../explain/explain-value.ts';
import type { Line } from '../../explain/platform-changes.ts';

/** The number of lines that are shown per artifact. */
const lineLimit = 8;

/** Prints for people where a value is set, and the lines that it changes. */
export function printValue(explained: ValueExplanation, options: PrintOptions): string {
  const { path, description, written, preset, resolved, others, tried } = explained;
  const { colors } = options;
  const head = colors.bold(`${formatPath(path)}${written ? ` = ${quote(written.value)}` : ''}`);
  const origin = written
    ? printPlace(written.location, options)
    : preset === undefined
      ? 'It is not set and has no default of its own.'
      : `It is not set. The default is ${typeof preset === 'string' && !/^\S+$/.test(preset) ? preset : quote(preset)}.`;
  const parts = [
    head,
    ...(description === undefined ? [] : [escapeUnprintable(description.replace(/\s+/g, ' '))]),
    origin,
    ...(resolved.length === 0
      ? []
      : [
          `In the resolved platform it decides:\n${resolved.map(({ name, value }) => `  ${name} = ${quote(value)}`).join('\n')}`,
        ]),
    ...(others.length === 0
      ? []
      : [
          `These keys also decide some of that:\n${others.map((other) => `  ${formatPath(other)}`).join('\n')}`,
        ]),
    ...printReach(explained, options),
    ...(tried.length === 0
      ? []
      : [colors.dim(`Found by compiling with ${tried.map((value) => quote(value)).join(' and ')} instead.`)]),
  ];
  return `${parts.join('\n\n')}\n`;
}

function printReach({ reach, written, keys }: ValueExplanation, { colors }: PrintOptions): string[] {
  if (written === undefined && keys.length > 0) return [printKeys(keys)];
  const shown = new Set<string>();
  const blocks: string[] = [];
  const carriers: string[] = [];
  for (const [path, lines] of reach) {
    const own = lines.filter(({ text }) => !isDigest(path, text) && !shown.has(text.trim()));
    for (const { text } of own) shown.add(text.trim());
    if (own.length === 0) carriers.push(path);
    else blocks.push([`  ${colors.bold(path)}`, ...printLines(own)].join('\n'));
  }
  if (reach.size === 0) {
    return ['No line of dist/ changes with this key in your platform.'];
  }
  const rest =
    carriers.length > 0 ? [`Copies of these lines, or their digests, are in ${carriers.join(', ')}.`] : [];
  return [`Lines that change with it:\n${blocks.join('\n')}`, ...rest];
}

/** Prints each key with the first sentence of its description. */
function printKeys(keys: ValueExplanation['keys']): string {
  const width = Math.max(...keys.map(([key]) => key.length));
  const rows = keys.map(([key, description = '']) => {
    const [sentence = ''] = description.replace(/\s+/g, ' ').split(/(?<=\.) /, 1);
    return `  ${key.padEnd(width)}  ${escapeUnprintable(sentence)}`.trimEnd();
  });
  return `Its keys, which fjord explain also takes:\n${rows.join('\n')}`;
}

function printLines(lines: readonly Line[]): string[] {
  const width = String(lines.at(-1)?.number ?? 0).length;
  const rows = lines
    .slice(0, lineLimit)
    .map(({ number, text }) => `    ${String(number).padStart(width)} | ${escapeUnprintable(cut(text))}`);
  return lines.length > lineLimit ? [...rows, `    … ${lines.length - lineLimit} more lines`] : rows;
}

/** True for lines that change with any change, so they do not explain anything. */
function isDigest(path: string, text: string): boolean {
  if (path === 'platform.lock.json') return /^\s*"(sha256|size)": /.test(text);
  return path.startsWith('cloud-init/') && /^\s*content: /.test(text);
}

function cut(text: string): string {
  return text.length > 100 ? `${text.slice(0, 99)}…` : text;
}
