import type { PlatformFunction } from '../../platform/functions/function.ts';
import type { Platform } from '../../platform/platform.ts';

/** How long nginx waits for a function, in milliseconds: so much longer than its timeout as for the longest one. */
export function waitOf({ timeouts }: Platform, { timeout }: PlatformFunction): number {
  return timeout + timeouts.nginx - timeouts.upstream;
}
