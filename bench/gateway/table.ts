import type { Measured, Uploaded } from './measure.ts';

/** What two subjects did one after the other. */
export interface Pair<T> {
  readonly theirs: T;
  readonly ours: T;
}

export interface Results {
  readonly requests: readonly {
    readonly against: string;
    readonly clients: number;
    readonly pairs: readonly Pair<Measured>[];
  }[];
  readonly uploads: readonly Pair<Uploaded>[];
}

/** One thing to reach, and whether it was. */
export interface Target {
  readonly what: string;
  readonly seen: string;
  readonly reached: boolean;
}

/** Both tables, as Markdown. Figures are medians; ratios are medians of what each pair gave. */
export function table(results: Results): string {
  const requests = results.requests.map(({ against, clients, pairs }) => {
    const both = (of: (one: Measured) => number, digits: number) =>
      (['theirs', 'ours'] as const)
        .map((which) => figure(median(pairs.map((pair) => of(pair[which]))), digits))
        .join(' → ');
    return row(
      ...[against, clients, both(({ rate }) => rate, 0), `${figure(ratioOfRates(pairs), 2)} ×`],
      ...[both(({ p50 }) => p50, 2), both(({ p99 }) => p99, 2), both(({ cpu }) => cpu, 0), both(errors, 0)],
    );
  });
  const { theirs, ours, ratio } = uploadFigures(results);
  const uploads = [
    row('article', theirs.speed.toFixed(0), theirs.written.toFixed(0)),
    row('ours', `${ours.speed.toFixed(0)} (${ratio.toFixed(2)} ×)`, ours.written.toFixed(0)),
  ];
  const targets = judge(results).map(({ what, seen, reached }) =>
    row(what, seen, reached ? 'yes' : '**no**'),
  );
  return [
    row('against', 'clients', 'requests/s', 'ratio', 'p50 ms', 'p99 ms', 'CPU µs/request', 'errors'),
    row('---', '---:', '---:', '---:', '---:', '---:', '---:', '---:'),
    ...[...requests, ''],
    row('40 uploads of 10 MB', 'MB/s', 'bytes written to disk'),
    row('---', '---:', '---:'),
    ...[...uploads, ''],
    row('to reach', 'seen', 'reached'),
    row('---', '---:', '---'),
    ...targets,
  ].join('\n');
}

/** What there is to reach. */
export function judge(results: Results): Target[] {
  const targets: Target[] = [];
  const add = (what: string, seen: string, reached: boolean) => targets.push({ what, seen, reached });
  for (const { against, clients, pairs } of results.requests) {
    const ratio = ratioOfRates(pairs);
    if (against === 'Caddy') {
      add(`≥ 1.5 × Caddy's requests/s at ${clients} clients`, `${ratio.toFixed(2)} ×`, ratio >= 1.5);
      continue;
    }
    if (clients <= 256) add(`≥ 2.0 × requests/s at ${clients} clients`, `${figure(ratio, 2)} ×`, ratio >= 2);
    // Where nobody was answered, there is nothing to be slower than.
    const slower = median(
      pairs.map(({ theirs, ours }) => (theirs.requests === 0 ? 0 : ours.p99 / theirs.p99)),
    );
    add(`p99 no worse at ${clients} clients`, `${slower.toFixed(2)} ×`, slower <= 1);
    if (clients === 2000) {
      const failed = Math.max(...pairs.map(({ ours }) => errors(ours)));
      add('no error at 2000 clients', String(failed), failed === 0);
    }
  }
  const { ours, ratio } = uploadFigures(results);
  add('0 bytes of 40 uploads written to disk', String(ours.written), ours.written === 0);
  add('≥ 0.9 × the upload throughput', `${ratio.toFixed(2)} ×`, ratio >= 0.9);
  return targets;
}

function uploadFigures({ uploads }: Results): { theirs: Uploaded; ours: Uploaded; ratio: number } {
  const of = (which: 'theirs' | 'ours'): Uploaded => ({
    speed: median(uploads.map((pair) => pair[which].speed)),
    written: Math.max(...uploads.map((pair) => pair[which].written)),
  });
  const ratio = median(uploads.map(({ theirs, ours }) => ours.speed / theirs.speed));
  return { theirs: of('theirs'), ours: of('ours'), ratio };
}

function ratioOfRates(pairs: readonly Pair<Measured>[]): number {
  return median(pairs.map(({ theirs, ours }) => ours.rate / theirs.rate));
}

function errors({ failed, socketErrors }: Measured): number {
  return failed + socketErrors;
}

function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  const [low = Number.NaN, high = Number.NaN] = [
    sorted[Math.floor((sorted.length - 1) / 2)],
    sorted[Math.ceil((sorted.length - 1) / 2)],
  ];
  return (low + high) / 2;
}

/** A figure, or a dash for one that there is not because nobody was answered. */
function figure(number: number, digits: number): string {
  return Number.isFinite(number) ? number.toFixed(digits) : '–';
}

function row(...cells: readonly (string | number)[]): string {
  return `| ${cells.join(' | ')} |`;
}
