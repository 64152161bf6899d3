import type { PlatformFunction } from '../functions/function.ts';

/** True if nginx calls the function: for callers from outside, or to authenticate calls of other functions. */
export function calledByNginx(
  { name, exposed }: PlatformFunction,
  functions: readonly PlatformFunction[],
): boolean {
  return exposed || functions.some(({ http: { auth } }) => auth?.kind === 'function' && auth.name === name);
}
