import { rememberLast } from '../../src/artifacts/remember.ts';
import { hasErrors } from '../../src/diagnostics/diagnostic.ts';
import { readDist } from '../../src/verify/read/dist.ts';
import { rules, rulesOfThisVersion } from '../../src/verify/rules/index.ts';
import type { Harm } from '../../src/verify/rules/rule.ts';
import { verify } from '../../src/verify/verify.ts';
import { agree } from './agree.ts';
import { allMutants, good } from './reference.ts';
import { sameMeaning } from './same-meaning.ts';

// One of the processes that `score.ts` starts: judges the mutants whose numbers it is told, and says how each fared.

/** How a mutant fared; the survivors are those that were not `caught` with the hashes made to agree. */
export interface Verdict {
  readonly index: number;
  readonly same: boolean;
  readonly asFound: boolean;
  readonly agreeing: boolean;
  /** What it would do to somebody, by the rules that caught it then; empty where a schema did. */
  readonly harms: readonly Harm[];
  /** What the verifier threw, which is a fault of ours. */
  readonly threw?: string;
}

const remember = rememberLast(3000);
const mutants = allMutants();

process.on('message', (indices: readonly number[]) => {
  for (const index of indices) {
    try {
      process.send?.(judge(index));
    } catch (error) {
      const threw = error instanceof Error ? `${error.stack}` : String(error);
      process.send?.({ index, same: false, asFound: false, agreeing: false, harms: [], threw });
    }
  }
});

function judge(index: number): Verdict {
  const mutant = mutants[index];
  if (mutant === undefined) throw new Error(`no mutant ${index}`);
  const { path, text } = mutant;
  const texts = new Map(good).set(path, text);
  const asFound = isCaught(texts);
  // A lock file has no hash of itself: as found is all that there is.
  const agreed = path === 'platform.lock.json' ? texts : agree(texts, path);
  const agreeing = isCaught(agreed);
  const same = sameMeaning(path, good.get(path) ?? '', text);
  return { index, same, asFound, agreeing, harms: agreeing && !same ? harmsOf(agreed) : [] };
}

function isCaught(texts: ReadonlyMap<string, string>): boolean {
  return verify(texts, remember).some(({ severity }) => severity === 'error');
}

function harmsOf(texts: ReadonlyMap<string, string>): Harm[] {
  const [dist, read] = readDist(texts, remember);
  if (dist === undefined || hasErrors(read)) return [];
  const broken = [...rules, ...rulesOfThisVersion].filter(({ check }) => hasErrors(check(dist)));
  return [...new Set(broken.map(({ harm }) => harm))];
}
