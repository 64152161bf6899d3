import { lockPath } from './lock-listing.ts';

/**
 * The name of the platform in an output directory, from its lock file, if it is not `name`. Also undefined if no lock
 * file names a platform.
 *
 * @param texts the directory's files, by path
 */
export function otherPlatform(texts: ReadonlyMap<string, string>, name: string): string | undefined {
  const held = platformIn(texts.get(lockPath) ?? '');
  return held === name ? undefined : held;
}

/** The form of a platform's name. */
const label = /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/;

/** Anyone may have edited the file, so anything that is not a valid name is ignored. */
function platformIn(text: string): string | undefined {
  try {
    const lock: unknown = JSON.parse(text);
    if (typeof lock !== 'object' || lock === null || !('platform' in lock)) return undefined;
    return typeof lock.platform === 'string' && label.test(lock.platform) ? lock.platform : undefined;
  } catch {
    return undefined;
  }
}
