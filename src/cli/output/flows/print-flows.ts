import type { Colors } from 'picocolors/types.js';
import { formatPath } from '../../../diagnostics/config-path.ts';

import type { Flow } from '../../../verify/flows/flow.ts';
import { type FlowReport, type FlowStatus, heldBy, statusOf } from './flow-report.ts';

/** Columns of a terminal. */
const width = 80;

/** Prints flows for people: a line with the facts of each, and below it what it carries and why. */
export function printFlows(report: FlowReport, colors: Colors): string {
  const blocks = report.flows.map((flow) => printFlow(flow, report, colors));
  const counts = (['refused', 'transfer', 'unknown', 'excepted', 'inside'] as const).flatMap((status) => {
    const count = report.flows.filter((flow) => statusOf(flow, report) === status).length;
    return count === 0 ? [] : [`${count} ${status}`];
  });
  return [
    colors.bold('FLOW                                          CARRIES    PLACE  OWNER  STATUS'),
    ...blocks,
    `${report.flows.length} flows: ${counts.join(', ')}.`,
    ...wrap('PLACE and OWNER are countries; ? is unknown. Not legal advice.', ''),
    '',
  ].join('\n');
}

function printFlow(flow: Flow, report: FlowReport, colors: Colors): string {
  const { id, to, carries, country = '?', ownerCountry = '?', data, from, when, why, exception } = flow;
  const status = statusOf(flow, report);
  const facts = `${carries.padEnd(10)} ${country.padEnd(6)} ${ownerCountry.padEnd(6)} ${colorOf(status, colors)(status)}`;
  const first = id.length <= 45 ? `${id.padEnd(45)} ${facts}` : `${id}\n${' '.repeat(46)}${facts}`;
  const sentence = `from ${from}${id.includes(to) ? '' : ` to ${to}`}, ${when}: ${why}. Carries ${data}. ${heldBy(flow) === 'enforced' ? 'Enforced' : 'Promised'}; ${formatPath(flow.path) || 'config'}.`;
  return [
    first,
    ...wrap(sentence, '  ').map(colors.dim),
    ...(exception === undefined ? [] : wrap(`Exception: ${exception}`, '  ')),
    ...(status === 'refused' ? wrap(`Instead: ${flow.avoid}.`, '  ') : []),
  ].join('\n');
}

function colorOf(status: FlowStatus, colors: Colors): (text: string) => string {
  if (status === 'refused') return colors.red;
  if (status === 'transfer' || status === 'unknown') return colors.yellow;
  return colors.green;
}

function wrap(text: string, indent: string): string[] {
  const lines: string[] = [];
  let line = indent;
  for (const word of text.split(' ')) {
    if (line !== indent && line.length + 1 + word.length > width) {
      lines.push(line);
      line = indent;
    }
    line += line === indent ? word : ` ${word}`;
  }
  return [...lines, line];
}
