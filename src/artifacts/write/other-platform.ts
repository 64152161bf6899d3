import { lockPath } from './lock-listing.ts';

/**
 * The platform that an output directory holds, by its lock file, if that is another one than `name`. Undefined as well
 * where there is no lock file that names one.
 *
 * @param texts what the directory holds, by path
 */
export function otherPlatform(texts: ReadonlyMap<string, string>, name: string): string | undefined {
  const held = platformIn(texts.get(lockPath) ?? '');
  return held === name ? undefined : held;
}

/** What a platform may be called. */
const label = /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/;

/** Anyone may have edited the file: what is not a name says nothing. */
function platformIn(text: string): string | undefined {
  try {
    const lock: unknown = JSON.parse(text);
    if (typeof lock !== 'object' || lock === null || !('platform' in lock)) return undefined;
    return typeof lock.platform === 'string' && label.test(lock.platform) ? lock.platform : undefined;
  } catch {
    return undefined;
  }
}
