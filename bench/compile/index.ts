import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { configOf, referenceConfig, writeConfig } from './platforms.ts';
import { median, memoryOf, pairsOf, ratioOf, type Subject, timeOf } from './run.ts';
import { cdk8s, emptyNode, fjord, helm, install, installCdk8s, objectsOf } from './subjects.ts';
import { warmCompiles } from './warm.ts';

// How long a compile takes, as whole processes of the installed package, against helm, cdk8s and an empty Node:
//   npm run bench -- [--runs 10] [--most 1000]
// Needs helm on the PATH, and npm's registry. Nothing else should run on the machine: it took about 8 minutes on 2 cores.

const { values } = parseArgs({
  options: { runs: { type: 'string', default: '10' }, most: { type: 'string', default: '1000' } },
});
const runs = Number(values.runs);
const directory = mkdtempSync(join(tmpdir(), 'fjord-bench-'));
const cache = join(directory, 'cache');
const rows: string[][] = [];

/** @param limit the most that the figure should be, or the least with `atLeast` */
function row(what: string, seen: string, figure: number, limit: number, atLeast = false): void {
  const reached = atLeast ? figure >= limit : figure <= limit;
  const goal = `${atLeast ? '≥' : '≤'} ${limit}`;
  rows.push([what, seen, figure.toPrecision(3), goal, reached ? 'yes' : '**no**']);
  process.stderr.write(` ${what}: ${figure.toPrecision(3)}\n`);
}

const ms = (all: readonly number[]) => {
  const middle = median(all);
  return middle < 1000 ? `${middle.toFixed(0)} ms` : `${(middle / 1000).toFixed(2)} s`;
};

async function against(
  what: string,
  ours: Subject,
  theirs: Subject,
  limit: number,
  count = runs,
): Promise<void> {
  const pairs = await pairsOf(ours, theirs, count);
  row(what, `${ms(pairs.ours)} : ${ms(pairs.theirs)}`, ratioOf(pairs), limit);
}

try {
  const installed = install(join(directory, 'installed'));
  const cdk8sHome = join(directory, 'cdk8s');
  installCdk8s(cdk8sHome);
  const reference = writeConfig(join(installed.directory, 'reference'), referenceConfig());
  const synth = fjord(installed, reference, cache, 'synth');
  await timeOf(synth);

  const objects = objectsOf(join(reference, 'dist'));
  const chart = helm(join(directory, 'chart'), objects);
  const app = cdk8s(join(cdk8sHome, 'reference'), objects);
  for (const theirs of [chart, app.command]) await timeOf(theirs);

  await against(`synth : helm template, ${objects.length} objects`, synth, chart, 2);
  const faster = await pairsOf(app.command, synth, runs);
  row(
    'cdk8s synth : synth, the same objects',
    `${ms(faster.ours)} : ${ms(faster.theirs)}`,
    ratioOf(faster),
    25,
    true,
  );
  const first = { ...synth, before: () => rmSync(cache, { recursive: true, force: true }) };
  await against('first run ever : second run', first, synth, 2);
  await timeOf(synth);

  for (const args of [['--version'], ['--help']]) {
    const subject = fjord(installed, reference, cache, ...args);
    await timeOf(subject);
    await against(`${args.join(' ')} : node -e ''`, subject, emptyNode, 1.3);
  }
  for (const [args, limit] of [
    [['synth', '--check'], 1],
    [['verify'], 0.6],
    [['explain', 'verify/start-never'], 0.3],
  ] as const) {
    const subject = fjord(installed, reference, cache, ...args);
    await timeOf(subject);
    await against(`${args.join(' ')} : synth`, subject, synth, limit);
  }

  let before: { functions: number; taken: number } | undefined;
  for (let functions = 10; functions <= Number(values.most); functions *= 10) {
    const home = writeConfig(join(installed.directory, String(functions)), configOf(functions));
    const subject = fjord(installed, home, cache, 'synth');
    await timeOf(subject);
    const taken: number[] = [];
    for (let run = 0; run < runs; run++) taken.push(await timeOf(subject));
    const memory = await memoryOf(subject);
    if (before !== undefined) {
      const what = `${functions} functions : ${before.functions} functions`;
      row(what, `${ms(taken)} : ${ms([before.taken])}`, median(taken) / before.taken, 11);
    }
    row(`memory of ${functions} functions, MiB`, `${memory.toFixed(0)} MiB`, memory, 1024);
    before = { functions, taken: median(taken) };
    if (functions === 1000) {
      const bare = cdk8s(join(cdk8sHome, 'many'), objectsOf(join(home, 'dist'))).bare;
      await timeOf(bare);
      const warm = warmCompiles(functions, runs);
      const what = 'again in one process, one of 1000 functions changed : from nothing';
      row(what, `${ms(warm)} : ${ms(taken)}`, median(warm) / median(taken), 0.1);
      await against('1000 functions : bare cdk8s, the same objects, unverified', subject, bare, 1.5);
    }
  }

  const sizes = [...installed.sizes].sort(([, a], [, b]) => b - a);
  const megabytes = sizes.reduce((sum, [, size]) => sum + size, 0) / 1e6;
  row('installed, MB', `${sizes.length} packages`, megabytes, 20);

  const processor = cpus()[0]?.model ?? 'unknown';
  const table = [
    `${availableParallelism()} cores of ${processor}, Node ${process.version}; medians of ${runs} runs, ratios pair by pair.`,
    '',
    ...[
      ['what', 'seen', 'figure', 'to reach', 'reached'],
      ['---', '---:', '---:', '---:', '---'],
      ...rows,
    ].map(line),
    '',
    ...[
      ['package', 'MB'],
      ['---', '---:'],
      ...sizes.map(([name, size]) => [name, (size / 1e6).toFixed(2)]),
    ].map(line),
  ];
  process.stdout.write(`\n${table.join('\n')}\n`);
} finally {
  rmSync(directory, { recursive: true, force: true });
}

function line(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}

process.exitCode = rows.some((cells) => cells.at(-1) !== 'yes') ? 1 : 0;
