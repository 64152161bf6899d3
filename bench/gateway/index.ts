import { parseArgs } from 'node:util';
import { type Measured, measure, type Uploaded, upload } from './measure.ts';
import { type Subject, startArticle, startCaddy, startOurs } from './subjects.ts';
import { judge, type Pair, type Results, table } from './table.ts';

// Compares the emitted gateway with article.conf and with Caddy, on this machine alone, as root:
//   npm run bench:gateway -- [--seconds 6] [--rounds 5]
// All subjects run at once, each in a network of its own, and are put under load in turn.

const { values } = parseArgs({
  options: { seconds: { type: 'string', default: '6' }, rounds: { type: 'string', default: '5' } },
});
const [seconds, rounds] = [Number(values.seconds), Number(values.rounds)];

/** Runs one thing on two subjects by turns, beginning with each as often. */
async function pairs<T>(
  theirs: Subject,
  ours: Subject,
  once: (subject: Subject) => Promise<T>,
  count = rounds,
): Promise<Pair<T>[]> {
  const all: Pair<T>[] = [];
  for (let round = 0; round < count; round++) {
    const first = await once(round % 2 === 0 ? theirs : ours);
    const second = await once(round % 2 === 0 ? ours : theirs);
    all.push(round % 2 === 0 ? { theirs: first, ours: second } : { theirs: second, ours: first });
    process.stderr.write('.');
  }
  return all;
}

async function using<T>(starting: readonly Promise<Subject>[], body: (...all: Subject[]) => Promise<T>) {
  const subjects = await Promise.all(starting);
  try {
    return await body(...subjects);
  } finally {
    await Promise.all(subjects.map((subject) => subject.stop()));
  }
}

const requests = await using<Results['requests']>(
  [startArticle('fast'), startCaddy('fast'), startOurs('fast')],
  async (article, caddy, ours) => {
    const all: { against: string; clients: number; pairs: Pair<Measured>[] }[] = [];
    const compare = async (against: string, theirs: Subject | undefined, clients: number) => {
      if (theirs === undefined || ours === undefined) throw new Error('a subject is missing');
      // So many handshakes take their time, before a request is made.
      const crowd = clients > 256;
      const length = crowd ? Math.max(seconds, 10) : seconds;
      const count = crowd ? Math.min(rounds, 2) : rounds;
      all.push({
        against,
        clients,
        pairs: await pairs(theirs, ours, (one) => measure(one, clients, length), count),
      });
    };
    for (const clients of [8, 64, 256, 2000]) await compare('article', article, clients);
    await compare('Caddy', caddy, 64);
    return all;
  },
);
const uploaded = await using<Pair<Uploaded>[]>(
  [startArticle('reading'), startOurs('reading')],
  async (article, ours) => {
    if (article === undefined || ours === undefined) throw new Error('a subject is missing');
    return pairs(article, ours, upload);
  },
);

const results: Results = { requests, uploads: uploaded };
process.stdout.write(`\n${table(results)}\n`);
const missed = judge(results).filter(({ reached }) => !reached);
process.exitCode = missed.length > 0 ? 1 : 0;
