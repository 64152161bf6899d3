import reference from '../../platform.config.ts';
import { compileConfig } from '../../src/compile.ts';
import { type Mutant, mutantsOf } from './mutants-of.ts';

const { artifacts } = compileConfig(reference, 'platform.config.ts');

/** The reference platform's files, by path. */
export const good: ReadonlyMap<string, string> = new Map(artifacts.map(({ path, text }) => [path, text]));

/** Every mutant of every file of it, always in the same order. */
export function allMutants(): Mutant[] {
  return artifacts.flatMap(({ path, text }) => mutantsOf(path, text));
}
