import { type ChildProcess, fork } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { whyHarmless } from './harmless.ts';
import type { Verdict } from './judge.ts';
import { type Part, partOf, parts } from './part-of.ts';
import { judgeByTools } from './real-tools.ts';
import { allMutants, good } from './reference.ts';

// npm run mutants: all of them. -- --every 7: each seventh. --real-tools: what is left goes through real tools too.
// --survivors FILE: those that nothing caught, one a line.
const { values } = parseArgs({
  options: {
    every: { type: 'string', default: '1' },
    'real-tools': { type: 'boolean', default: false },
    survivors: { type: 'string' },
  },
});
const every = Number(values.every);
const mutants = allMutants();
const partsOfMutants = mutants.map(({ path, line }) => partOf(path, good.get(path) ?? '', line));
const chosen = [...mutants.keys()].filter((index) => index % every === 0);

const verdicts = await judgeAll(chosen);
const changing = verdicts.filter(({ same }) => !same);
const left = changing.filter(({ agreeing }) => !agreeing).map(({ index }) => index);
const judged = values['real-tools']
  ? await judgeByTools(
      left.flatMap((index) => mutants[index] ?? []),
      good,
    )
  : [];
const byTools = new Map(judged.map((tool, at) => [left[at] ?? -1, tool]));

console.log(`${table()}\n\n${harmTable()}\n\n${harmlessTable()}`);
for (const { index, threw } of verdicts.filter((verdict) => verdict.threw)) {
  console.error(`${described(index)}\n${threw}`);
  process.exitCode = 1;
}
if (values.survivors) writeFileSync(values.survivors, `${survivors().join('\n')}\n`);

/** Shares them out among as many processes as there are processors. */
async function judgeAll(indices: readonly number[]): Promise<Verdict[]> {
  const count = availableParallelism();
  const found = await Promise.all(
    Array.from({ length: count }, (_, own) =>
      verdictsOf(
        fork(new URL('./judge.ts', import.meta.url)),
        indices.filter((_, at) => at % count === own),
      ),
    ),
  );
  return found.flat().sort((a, b) => a.index - b.index);
}

function verdictsOf(judge: ChildProcess, indices: readonly number[]): Promise<Verdict[]> {
  return new Promise((resolve, reject) => {
    const verdicts: Verdict[] = [];
    judge.on('message', (verdict) => {
      if (verdicts.push(verdict as Verdict) === indices.length) judge.disconnect();
    });
    judge.on('exit', () =>
      verdicts.length === indices.length ? resolve(verdicts) : reject(new Error('a judge gave up')),
    );
    judge.send(indices);
  });
}

function table(): string {
  const tools = values['real-tools'] ? ' and real tools |' : '';
  const rows = [...parts, undefined].map((part) => row(part));
  return [
    `| part | mutants | without effect | of the others caught as found | with matching hashes |${tools}`,
    `| --- | --- | --- | --- | --- |${tools && ' --- |'}`,
    ...rows,
  ].join('\n');
}

function row(part: Part | undefined): string {
  const isOf = ({ index }: Verdict) => part === undefined || partsOfMutants[index] === part;
  const own = changing.filter(isOf);
  const asFound = own.filter((verdict) => verdict.asFound).length;
  const agreeing = own.filter((verdict) => verdict.agreeing).length;
  const tools = own.filter((verdict) => verdict.agreeing || byTools.get(verdict.index)).length;
  const all = verdicts.filter(isOf).length;
  const shares = [asFound, agreeing, ...(values['real-tools'] ? [tools] : [])];
  const percent = (count: number) => `${((100 * count) / Math.max(own.length, 1)).toFixed(1)} %`;
  return `| ${[part ?? 'all', all, all - own.length, ...shares.map(percent)].join(' | ')} |`;
}

/** What the caught ones would have done, by the rules that caught them; one may do several things. */
function harmTable(): string {
  const caught = changing.filter(({ agreeing }) => agreeing);
  const names = [...new Set(caught.flatMap(({ harms }) => harms))].sort();
  const count = (name: string) => caught.filter(({ harms }) => harms.some((harm) => harm === name)).length;
  return [
    '| harm | mutants that its rules catch |',
    '| --- | --- |',
    ...names.map((name) => `| ${name} | ${count(name)} |`),
    `| caught by a schema, before the rules | ${caught.filter(({ harms }) => harms.length === 0).length} |`,
  ].join('\n');
}

function harmlessTable(): string {
  const reasons = left.map((index) => reasonOf(index));
  const kinds = [...new Set(reasons.flatMap((reason) => reason ?? []))].sort();
  const harmful = reasons.filter((reason) => reason === undefined).length;
  const caught = changing.length - left.length;
  return [
    '| what survives and harms nobody | mutants |',
    '| --- | --- |',
    ...kinds.map((kind) => `| ${kind} | ${reasons.filter((reason) => reason === kind).length} |`),
    '',
    `Of ${caught + harmful} that harm somebody, ${caught} are caught: ${((100 * caught) / Math.max(caught + harmful, 1)).toFixed(1)} %.`,
  ].join('\n');
}

function reasonOf(index: number): string | undefined {
  const { path = '', line = 1, how = 'word' } = mutants[index] ?? {};
  const text = good.get(path)?.split('\n')[line - 1] ?? '';
  return whyHarmless(text, how, partsOfMutants[index] ?? 'manifests');
}

function survivors(): string[] {
  return left
    .filter((index) => byTools.get(index) === undefined)
    .map((index) => `${reasonOf(index) === undefined ? 'HARM' : 'none'}\t${described(index)}`);
}

function described(index: number): string {
  const { path = '', line = 1, how } = mutants[index] ?? {};
  const text = (good.get(path)?.split('\n')[line - 1] ?? '').trim().slice(0, 100);
  return `${partsOfMutants[index]}\t${path}:${line}\t${how}\t${text}`;
}
