import { formatPath } from '../../../diagnostics/config-path.ts';
import type { Flow } from '../../../verify/flows/flow.ts';
import { carriesTitles, type FlowReport, heldBy, isElsewhere, statusOf, unknown } from './flow-report.ts';

const notice =
  'Made by `fjord flows` from the files of the platform. These are facts to decide by; they are not legal advice.';

/** Every flow as one table of Markdown. */
export function flowsMarkdown(report: FlowReport): string {
  return document([
    `# Flows of ${report.platform}`,
    notice,
    table(
      [
        'flow',
        'to',
        'from',
        'data',
        'carries',
        'when',
        'why',
        'place',
        'owner',
        'status',
        'held',
        'instead',
        'source',
        'config',
      ],
      report.flows.map((flow) => [
        code(flow.id),
        flow.to,
        flow.from,
        flow.data,
        carriesTitles[flow.carries],
        flow.when,
        flow.why,
        flow.country ?? unknown,
        ownerOf(flow),
        `${statusOf(flow, report)}${flow.exception === undefined ? '' : `: ${flow.exception}`}`,
        heldBy(flow),
        flow.avoid,
        sourceOf(flow),
        code(formatPath(flow.path)),
      ]),
    ),
  ]);
}

/** The six steps of EDPB Recommendations 01/2020 (version 2.0, 18 June 2021), as far as the files can answer them. */
export function transferAssessment(report: FlowReport): string {
  const carrying = report.flows.filter(({ carries }) => carries !== 'request');
  const transfers = carrying.filter((flow) => statusOf(flow, report) !== 'inside');
  const others = report.flows.filter((flow) => flow.carries === 'request' && isElsewhere(flow));
  const open = '_To be written by you._';
  return document([
    `# Transfer impact assessment of ${report.platform}`,
    `${notice} It follows the six steps of EDPB Recommendations 01/2020, version 2.0 of 18 June 2021. What the files cannot answer is marked.`,
    '## 1. Know your transfers',
    transfers.length === 0
      ? 'No flow that carries anything of yours is known to lead out of the EEA and Switzerland, or to an unknown place.'
      : `These ${transfers.length} flows carry something of yours out of the EEA and Switzerland, to an owner elsewhere, or to a place that is not known.`,
    ...(transfers.length === 0
      ? []
      : [
          table(
            ['flow', 'to', 'data', 'carries', 'place', 'owner', 'source'],
            transfers.map((flow) => [
              code(flow.id),
              flow.to,
              flow.data,
              carriesTitles[flow.carries],
              flow.country ?? unknown,
              ownerOf(flow),
              sourceOf(flow),
            ]),
          ),
        ]),
    others.length === 0
      ? 'Nothing is fetched from elsewhere.'
      : `Besides, nodes ask ${[...new Set(others.map(({ to }) => to))].sort().join(', ')} for what everybody asks. Those hosts learn the address of the node.`,
    '## 2. The transfer tool relied on',
    table(
      ['flow', 'tool (adequacy decision, standard contractual clauses, Article 49)'],
      transfers.map(({ id }) => [code(id), open]),
    ),
    '## 3. Law and practice of the third country',
    table(
      ['flow', 'country of the place', 'country of the owner', 'assessment'],
      transfers.map((flow) => [code(flow.id), flow.country ?? unknown, flow.ownerCountry ?? unknown, open]),
    ),
    '## 4. Supplementary measures',
    table(
      ['flow', 'measure', 'held', 'to do without it'],
      transfers.map((flow) => [code(flow.id), measureOf(flow), heldBy(flow), flow.avoid]),
    ),
    '## 5. Procedural steps',
    table(
      ['flow', 'the reason that the config records', 'further steps'],
      transfers.map(({ id, exception }) => [code(id), exception ?? 'none', open]),
    ),
    '## 6. Re-evaluate',
    'Run `fjord flows` after each change of the config and of Fjord: it lists new flows, and `sovereignty` refuses those that no exception names. The facts above are as of the day in their source.',
  ]);
}

/** A register entry after Article 30(1) GDPR, as far as the files can answer it. */
export function processingRegister(report: FlowReport): string {
  const recipients = report.flows.filter(({ carries }) => carries === 'personal');
  const open = '_To be written by you._';
  return document([
    `# Record of processing: ${report.platform}`,
    `${notice} The letters are those of Article 30(1) GDPR. What the files cannot answer is marked.`,
    table(
      ['', 'Article 30(1)', 'entry'],
      [
        ['a', 'name and contact details of the controller', open],
        ['b', 'purposes of the processing', open],
        ['c', 'categories of data subjects and of personal data', open],
        [
          'd',
          'categories of recipients',
          recipients.map(({ id, to }) => `${code(id)} (${to})`).join('; ') || 'none that the files name',
        ],
        [
          'e',
          'transfers to third countries',
          recipients
            .filter((flow) => statusOf(flow, report) !== 'inside')
            .map(
              (flow) =>
                `${code(flow.id)}: place ${flow.country ?? unknown}, owner ${ownerOf(flow)}${flow.exception === undefined ? '' : ` (${flow.exception})`}`,
            )
            .join('; ') || 'none that the files name',
        ],
        [
          'f',
          'time limits for erasure',
          `${open} Logs are limited by size, see \`logs\`; copies by \`backups.keep\`.`,
        ],
        [
          'g',
          'technical and organisational security measures',
          'TLS to nginx; network policies between pods; a firewall on each node; Secrets encrypted in the store of Kubernetes; copies encrypted for named recipients. See docs/security.md.',
        ],
      ],
    ),
  ]);
}

function measureOf({ id }: Flow): string {
  if (id.startsWith('backups/')) return 'encrypted for your recipients before it leaves';
  if (id.startsWith('nodes/') || id.startsWith('cdn/')) return 'none: it works on what is decrypted';
  return 'encrypted on the way only, if the address is https';
}

function ownerOf({ owner, ownerCountry }: Flow): string {
  if (owner === undefined) return ownerCountry ?? unknown;
  return `${owner} (${ownerCountry ?? unknown})`;
}

function sourceOf({ source, asOf }: Flow): string {
  return source === undefined ? 'none recorded' : asOf === undefined ? source : `${source}, ${asOf}`;
}

function code(text: string): string {
  return `\`${text}\``;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  if (rows.length === 0) return 'None.';
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|').replaceAll('\n', ' ')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

function document(parts: readonly string[]): string {
  return `${parts.join('\n\n')}\n`;
}
