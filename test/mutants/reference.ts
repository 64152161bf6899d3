import reference from '../../platform.config.ts';
import { compileConfig } from '../../src/compile.ts';
import { type Mutant, mutantsOf } from './mutants-of.ts';

// A provider whose user-data is large enough: what each file costs there is computed only near a limit, and takes long.
const nodes = { 'oslo-1': { ...reference.nodes['oslo-1'], provider: 'scaleway' as const } };
const { artifacts, diagnostics } = compileConfig({ ...reference, nodes }, 'platform.config.ts');
if (artifacts.length === 0)
  throw new Error(diagnostics.map(({ code, path }) => `${code} at ${path.join('.')}`).join('\n'));

/** The reference platform's files, by path. */
export const good: ReadonlyMap<string, string> = new Map(artifacts.map(({ path, text }) => [path, text]));

/** Every mutant of every file of it, always in the same order. */
export function allMutants(): Mutant[] {
  return artifacts.flatMap(({ path, text }) => mutantsOf(path, text));
}
