import { basename, resolve } from 'node:path';
import { compileConfig } from '../../compile.ts';
import { load } from '../../config/load/load.ts';
import { place } from '../../config/locate/place.ts';
import { hasErrors } from '../../diagnostics/diagnostic.ts';
import { print } from '../../diagnostics/print/print.ts';
import type { Platform } from '../../platform/platform.ts';
import { chooseColors } from '../choose-colors.ts';
import { findConfig } from '../find-config.ts';
import type { Io } from '../io.ts';

/**
 * The platform of a config, for commands that report on it and write nothing. Its diagnostics go to standard error.
 * Undefined if it does not compile.
 */
export async function loadPlatform(config: string | undefined, io: Io): Promise<Platform | undefined> {
  const file = config === undefined ? findConfig(io.cwd) : resolve(io.cwd, config);
  const [loaded, unloadable] = await load(file, { cache: io.cache });
  const { platform, diagnostics } =
    loaded === undefined
      ? { platform: undefined, diagnostics: unloadable }
      : compileConfig(loaded.value, basename(loaded.file));
  const placed = loaded === undefined ? diagnostics : place(loaded, diagnostics);
  io.stderr.write(print(placed, { colors: chooseColors(io, 'stderr'), cwd: io.cwd }));
  return hasErrors(diagnostics) ? undefined : platform;
}
