import picocolors from 'picocolors';
import type { Colors } from 'picocolors/types.js';
import type { Io } from './io.ts';

/**
 * Chooses the colours for one of the two streams: a terminal gets them if it has them, unless `NO_COLOR` is set to
 * anything. Other outputs get them only if `FORCE_COLOR` is set to something other than `0` or `false`.
 */
export function chooseColors({ env, isTTY }: Io, stream: 'stdout' | 'stderr'): Colors {
  return picocolors.createColors(hasColors(env, isTTY[stream]));
}

function hasColors(env: Io['env'], isTerminal: boolean): boolean {
  if (env.NO_COLOR) return false;
  if (env.FORCE_COLOR !== undefined) return env.FORCE_COLOR !== '0' && env.FORCE_COLOR !== 'false';
  return isTerminal && env.TERM !== 'dumb';
}
