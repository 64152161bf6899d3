import type { CapacityReport } from '../../platform/load/capacity-report.ts';
import type { Ceiling, CeilingKind } from '../../platform/load/ceilings.ts';
import { byteCount, decimal } from './counts.ts';
import type { ReportDocument, Section } from './document.ts';

/** The report of `fjord capacity`, for a terminal and as Markdown. */
export function capacityDocument(report: CapacityReport): ReportDocument {
  const hasTraffic = report.functions.length > 0;
  return {
    title: `What ${report.platform} carries`,
    sections: [
      ...(hasTraffic
        ? [functionSection(report), ceilingSection(report), firstSection(report)]
        : [
            {
              title: 'Traffic',
              lines: [
                'No function declares its traffic, so there is nothing to compute: write functions.NAME.traffic.',
              ],
            },
          ]),
      tableSection(report),
      ...(hasTraffic ? [notes(report)] : []),
    ],
  };
}

function functionSection({ functions }: CapacityReport): Section {
  return {
    title: 'The declared peaks',
    table: {
      heads: ['', '>calls/s', '>call takes', '>under way', '>processors', '>copies', '>clients'],
      rows: functions.map(({ name, peak, peakKnown, duration, underWay, ...more }) => [
        name,
        `${peakKnown ? '' : 'mean '}${decimal(peak)}`,
        `${byteCount(duration)} ms`,
        decimal(underWay),
        `${more.processorsKnown ? '' : '<= '}${decimal(more.processors)}`,
        `${more.copies.min}-${more.copies.room}${more.copies.room < more.copies.max ? ` (${more.copies.max})` : ''}`,
        more.clientsNeeded === undefined ? '' : `>= ${more.clientsNeeded}`,
      ]),
    },
    lines: [
      "Under way = calls/s x seconds that a call takes (Little's law). Processors = calls/s x seconds of CPU time.",
      'Copies are those that always run, and the most that the nodes have room for.',
    ],
  };
}

function ceilingSection({ ceilings }: CapacityReport): Section {
  return {
    title: 'What is full first',
    table: {
      heads: ['', '', '>asked', '>there is', '>full at x'],
      rows: ceilings.map((ceiling) => [
        ceiling.name ?? 'all',
        kinds[ceiling.kind],
        `${ceiling.known ? '' : '<= '}${decimal(ceiling.asked)} ${ceiling.unit}`,
        decimal(ceiling.limit),
        `${ceiling.known ? '' : '>= '}${decimal(ceiling.times)}`,
      ]),
    },
  };
}

function firstSection({ ceilings, peak }: CapacityReport): Section {
  const first = ceilings.find(({ known }) => known);
  const possible = ceilings.filter(({ known, times }) => !known && times < (first?.times ?? 0) && times > 0);
  return {
    title: 'So',
    lines: [
      first === undefined
        ? 'Nothing that is known limits this traffic. With traffic.cpuTime, processors would be known.'
        : `First, ${ceilingWords(first)}: at ${decimal(first.times)} times the declared peaks, ${decimal(peak * first.times)} calls/s of all functions together.`,
      ...possible.map(
        (ceiling) =>
          `Perhaps earlier, if calls compute all the time: ${ceilingWords(ceiling)}, at ${decimal(ceiling.times)} times the peaks (${decimal(peak * ceiling.times)} calls/s). Write traffic.cpuTime to know.`,
      ),
    ],
  };
}

const kinds: Readonly<Record<CeilingKind, string>> = {
  copies: "copies' calls",
  'copy-processors': "copies' processors",
  processors: "nodes' processors",
  gateway: "nginx's requests",
  'client-rate': "clients' rate limit",
  'client-connections': "clients' connections",
};

function ceilingWords({ kind, name }: Ceiling): string {
  return name === undefined ? `the ${kinds[kind]}` : `the ${kinds[kind]} of ${name}`;
}

function tableSection({ table }: CapacityReport): Section {
  return {
    title: 'The usual comparison, for this platform',
    facts: table.map(({ metric, value, how, from }) => ({
      name: metric,
      value: how === 'computed' ? value : `${how}: ${value}`,
      from,
    })),
  };
}

function notes({ silent, functions }: CapacityReport): Section {
  const mean = functions.filter(({ peakKnown }) => !peakKnown).map(({ name }) => name);
  return {
    title: 'What to know',
    lines: [
      ...(silent.length === 0 ? [] : [`Without traffic, so counted as idle: ${silent.join(', ')}.`]),
      ...(mean.length === 0
        ? []
        : [`Without a peak, so the average of the month counts: ${mean.join(', ')}.`]),
      "Not counted, because it is not measured: the processor time of OpenFaaS' gateway for a call. See docs/cost.md.",
    ],
  };
}
