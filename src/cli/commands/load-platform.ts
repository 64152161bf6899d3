import { resolve } from 'node:path';
import { check } from '../../config/check/check.ts';
import { adjust } from '../../config/diagnostics/adjust.ts';
import { load } from '../../config/load/load.ts';
import type { LoadedConfig } from '../../config/locate/loaded-config.ts';
import { place } from '../../config/locate/place.ts';
import type { PlatformConfig } from '../../config/platform-config.ts';
import { type Diagnostic, hasErrors, type Outcome } from '../../diagnostics/diagnostic.ts';
import { print } from '../../diagnostics/print/print.ts';
import type { Platform } from '../../platform/platform.ts';
import { resolve as resolvePlatform } from '../../platform/resolve.ts';
import { chooseColors } from '../choose-colors.ts';
import { findConfig } from '../find-config.ts';
import type { Io } from '../io.ts';

/**
 * The platform of a config, for commands that report on it and render nothing. Its diagnostics go to standard error.
 * Undefined if it has errors.
 */
export async function loadPlatform(config: string | undefined, io: Io): Promise<Platform | undefined> {
  const file = config === undefined ? findConfig(io.cwd) : resolve(io.cwd, config);
  const [loaded, unloadable] = await load(file, { cache: io.cache });
  const [platform, found] = loaded === undefined ? [undefined, unloadable] : resolved(loaded);
  io.stderr.write(print(found, { colors: chooseColors(io, 'stderr'), cwd: io.cwd }));
  return hasErrors(found) ? undefined : platform;
}

function resolved(loaded: LoadedConfig): Outcome<Platform> {
  const unchecked: readonly Diagnostic[] = check(loaded.value);
  if (hasErrors(unchecked)) return [undefined, place(loaded, unchecked)];
  // `check` found no error, so it is a config.
  const config = loaded.value as PlatformConfig;
  const [platform, unresolved] = resolvePlatform(config);
  const { diagnostics } = adjust([...unchecked, ...unresolved], config.diagnostics);
  return [platform, place(loaded, diagnostics)];
}
