import { isDeepStrictEqual } from 'node:util';
import { rememberLast } from '../../src/artifacts/remember.ts';
import { compileConfig } from '../../src/compile.ts';
import { Findings } from '../../src/verify/findings.ts';
import { platformOf } from './platforms.ts';

/**
 * Compiles a platform again and again in this process, as a watching command does, with another image of one function
 * each time.
 *
 * @returns milliseconds of each compile
 * @throws if one gives other bytes than a compile from nothing
 */
export function warmCompiles(functions: number, runs: number): number[] {
  const memory = { remember: rememberLast(20 * functions), findings: new Findings() };
  const taken: number[] = [];
  // V8 needs some to know what is worth compiling.
  for (let run = -10; run < runs; run++) {
    const config = platformOf(functions, `1.${run + 10}`);
    const begun = performance.now();
    const { artifacts } = compileConfig(config, 'platform.config.ts', memory);
    if (run >= 0) taken.push(performance.now() - begun);
    if (
      run === runs - 1 &&
      !isDeepStrictEqual(artifacts, compileConfig(config, 'platform.config.ts').artifacts)
    ) {
      throw new Error('a compile that remembers gives other bytes');
    }
  }
  return taken;
}
