import type { PlatformFunction } from '../functions/function.ts';

/** Whether nginx calls a function: for someone outside, or to ask it about calls of another one. */
export function calledByNginx(
  { name, exposed }: PlatformFunction,
  functions: readonly PlatformFunction[],
): boolean {
  return exposed || functions.some(({ http: { auth } }) => auth?.kind === 'function' && auth.name === name);
}
