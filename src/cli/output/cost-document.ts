import type { BillLine } from '../../platform/cost/bill.ts';
import type { Source } from '../../platform/cost/cloud.ts';
import type { CloudCost, Comparison } from '../../platform/cost/comparison.ts';
import type { FlatPart } from '../../platform/cost/flat.ts';
import { byteCount, decimal, money } from './counts.ts';
import type { ReportDocument, Section } from './document.ts';

const count = (calls: number): string => byteCount(Math.round(calls));

/**
 * The report of `fjord cost`, for a terminal and as Markdown.
 *
 * @param links the address of a source is printed whole, or only its host
 */
export function costDocument(comparison: Comparison, links: 'whole' | 'host'): ReportDocument {
  const hasWork = comparison.work.length > 0;
  return {
    title: `What ${comparison.platform} costs in a month, without VAT`,
    sections: [
      flatSection(comparison),
      ...(hasWork
        ? [cloudSection(comparison), lineSection(comparison), billSection(comparison)]
        : [
            {
              title: 'In a public cloud',
              lines: [
                'No function declares its traffic, so there is nothing to compare: write functions.NAME.traffic.',
              ],
            },
          ]),
      notes(comparison),
      ...(hasWork ? [sources(comparison, links)] : []),
    ],
  };
}

function flatSection({ flat, currency }: Comparison): Section {
  const rows = flat.parts.map((part) => [part.name, priceOf(part, currency), part.list ?? 'the config']);
  return {
    title: 'This platform',
    table: {
      heads: ['', `>${currency}`, 'from'],
      rows: [...rows, ['together', flat.total === undefined ? 'not known' : money(flat.total), '']],
    },
  };
}

function priceOf({ price, amount }: FlatPart, currency: string): string {
  if (amount !== undefined) return money(amount);
  return price === undefined
    ? 'not declared'
    : `${money(price.amount)} ${price.currency}, no rate to ${currency}`;
}

function cloudSection({ clouds, calls, currency, work }: Comparison): Section {
  const isOther = clouds.some(({ cloud }) => cloud.currency !== currency);
  const rows = clouds.map(({ cloud, bill, amount, obstacles }) => [
    cloud.title,
    bill === undefined ? 'cannot run' : money(bill.total),
    ...(isOther ? [amount === undefined ? (bill ? 'no rate' : '') : money(amount)] : []),
    obstacles.map(({ name, needs, most }) => `${name}: ${limitOf(needs, most)}`).join('; '),
  ]);
  return {
    title: `In a public cloud, for ${count(calls)} calls`,
    table: { heads: ['', '>USD', ...(isOther ? [`>${currency}`] : []), ''], rows },
    lines: work.map(
      ({ name, traffic }) =>
        `${name}: ${count(traffic.calls)} calls of ${byteCount(traffic.duration)} ms and ${Math.ceil(traffic.memory / 1024 ** 2)} MiB.`,
    ),
  };
}

function limitOf(needs: 'memory' | 'duration', most: number): string {
  return needs === 'memory' ? `over ${most / 1024 ** 2} MiB` : `over ${most / 1000} s`;
}

/** The calls from which on the platform is the cheaper one. */
function lineSection(comparison: Comparison): Section {
  const { flat, carried, calls, clouds } = comparison;
  const compared = clouds.filter(({ amount }) => amount !== undefined);
  if (flat.total === undefined || compared.length === 0) {
    const why =
      flat.total === undefined
        ? 'The price of the platform is not known.'
        : 'There is no rate to compare with.';
    return { title: 'Where the line is', lines: [why] };
  }
  return {
    title: 'Where the line is: calls at which both cost the same',
    table: {
      heads: ['', '>calls a month', 'so now'],
      rows: compared.map(({ cloud, breakEven = 0, amount = 0 }) => [
        cloud.title,
        Number.isFinite(breakEven) ? count(breakEven) : 'never',
        verdict(amount - (flat.total ?? 0)),
      ]),
    },
    lines: [
      `The line is for calls as they are declared now (${count(calls)} a month). Longer or larger calls move it down.`,
      ...(carried === undefined
        ? []
        : [
            `With the same peaks, what is known of these nodes carries at most ${count(carried)} calls a month: fjord capacity.`,
          ]),
      ...(carried !== undefined && compared.some(({ breakEven = 0 }) => breakEven > carried)
        ? ['A line beyond that is only reached with more nodes, which cost more.']
        : []),
    ],
  };
}

/** @param more what the cloud costs more than the platform */
function verdict(more: number): string {
  if (Math.abs(more) < 0.005) return 'they cost the same';
  return more < 0 ? 'the cloud is cheaper' : 'this platform is cheaper';
}

function billSection({ clouds }: Comparison): Section {
  const rows = clouds.flatMap(({ cloud, bill }) =>
    (bill?.lines ?? [])
      .filter(({ amount }) => amount > 0)
      .map(({ what, amount, cost }, index) => [
        index === 0 ? cloud.title : '',
        billWords[what].name,
        `${decimal(amount)} ${billWords[what].unit}`.trim(),
        money(cost),
      ]),
  );
  return { title: 'How the bills come about', table: { heads: ['', '', '>a month', '>USD'], rows } };
}

const billWords: Readonly<Record<BillLine['what'], { readonly name: string; readonly unit: string }>> = {
  subscription: { name: 'subscription', unit: '' },
  calls: { name: 'calls', unit: '' },
  gateway: { name: 'HTTP API', unit: '' },
  memory: { name: 'memory', unit: 'GiB s' },
  processors: { name: 'processors', unit: 'vCPU s' },
  cpuTime: { name: 'CPU time', unit: 's' },
  egress: { name: 'answers', unit: 'GiB' },
};

function notes({ work, silent, rates, currency, flat }: Comparison): Section {
  const without = (key: 'cpuTime' | 'response') =>
    work.filter(({ traffic }) => traffic[key] === undefined).map(({ name }) => name);
  const [noTime, noResponse] = [without('cpuTime'), without('response')];
  return {
    title: 'What to know',
    lines: [
      ...(silent.length === 0 ? [] : [`Without traffic, so not in the bills: ${silent.join(', ')}.`]),
      ...(noTime.length === 0
        ? []
        : [`Without cpuTime, so all of duration counts as CPU time: ${noTime.join(', ')}.`]),
      ...(noResponse.length === 0
        ? []
        : [`Without response, so answers are not counted as data that leaves: ${noResponse.join(', ')}.`]),
      ...(flat.parts.some(({ what }) => what === 'expense')
        ? []
        : ['Nothing but machines is in the flat price: a licence or hours of work belong into cost.also.']),
      ...rates.map(({ currency: other, rate, date }) => `1 ${other} is ${rate} ${currency}, as of ${date}.`),
      'Bills leave out logs, storage, databases, support and discounts. See docs/cost.md for the limits.',
    ],
  };
}

function sources({ clouds }: Comparison, links: 'whole' | 'host'): Section {
  return {
    title: 'Where the prices are from',
    lines: clouds.flatMap(({ cloud }) => [
      `${cloud.title}, ${cloud.region}: ${[...new Set(sourcesOf(cloud).map((source) => sourceWords(source, links)))].join('; ')}.`,
    ]),
  };
}

function sourcesOf({
  subscription,
  calls,
  gateway,
  memory,
  processors,
  cpuTime,
  egress,
}: CloudCost['cloud']): Source[] {
  const all = [subscription, calls, gateway, memory, processors, cpuTime, egress].flatMap(
    (priced) => priced?.source ?? [],
  );
  return all.filter((source, index) => all.findIndex((other) => other.url === source.url) === index);
}

function sourceWords({ url, asOf }: Source, links: 'whole' | 'host'): string {
  return `${links === 'whole' ? url : new URL(url).host} (${asOf ?? 'no date'})`;
}
