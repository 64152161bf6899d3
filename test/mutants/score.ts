import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import reference from '../../platform.config.ts';
import { compileConfig } from '../../src/compile.ts';
import { verify } from '../../src/verify/verify.ts';
import { agree } from './agree.ts';
import { type Mutant, mutantsOf } from './mutants-of.ts';

// npm run mutants -- --every 7 tries each seventh; the page is written with --write.
const { values } = parseArgs({ options: { every: { type: 'string' }, write: { type: 'boolean' } } });
const every = Number(values.every ?? 1);

const { artifacts } = compileConfig(reference, 'platform.config.ts');
const good: ReadonlyMap<string, string> = new Map(artifacts.map(({ path, text }) => [path, text]));

interface Score {
  tried: number;
  asFound: number;
  agreeing: number;
  survivors: string[];
}

const scores = new Map<string, Score>();
const mutants = artifacts
  .flatMap(({ path, text }) => mutantsOf(path, text))
  .filter((_, index) => index % every === 0);
for (const mutant of mutants) count(mutant);

function count(mutant: Mutant): void {
  const kind = artifacts.find(({ path }) => path === mutant.path)?.kind ?? '';
  const score = scores.get(kind) ?? { tried: 0, asFound: 0, agreeing: 0, survivors: [] };
  scores.set(kind, score);
  score.tried += 1;
  const texts = new Map(good).set(mutant.path, mutant.text);
  if (isCaught(texts)) score.asFound += 1;
  // A lock file has no hash of itself: as found is all that there is.
  if (kind === 'lock' ? isCaught(texts) : isCaught(agree(texts, mutant.path))) score.agreeing += 1;
  else score.survivors.push(`${mutant.path}:${mutant.line} ${mutant.how}: ${lineOf(mutant)}`);
}

function isCaught(texts: ReadonlyMap<string, string>): boolean {
  return verify(texts).some(({ severity }) => severity === 'error');
}

function lineOf({ path, line }: Mutant): string {
  return (good.get(path)?.split('\n')[line - 1] ?? '').trim().slice(0, 100);
}

const percent = (part: number, whole: number) => `${((100 * part) / whole).toFixed(1)} %`;
const rows = [...scores].map(
  ([kind, { tried, asFound, agreeing }]) =>
    `| ${kind} | ${tried} | ${percent(asFound, tried)} | ${percent(agreeing, tried)} |`,
);
const table = [
  '| kind | mutants | caught as found | caught with hashes made to agree |',
  '| --- | --- | --- | --- |',
  ...rows,
];
console.log(table.join('\n'));
for (const [kind, { survivors }] of scores) console.log(`\n${kind}, survivors\n${survivors.join('\n')}`);
if (values.write) writeFileSync('docs/mutation-score.md', `${table.join('\n')}\n`);
