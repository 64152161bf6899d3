import type { Dist, ManifestObject } from '../dist.ts';

/** The platform's objects and the user's own. */
export function everyObject({ objects, ownObjects }: Dist): readonly ManifestObject[] {
  return [...objects, ...ownObjects];
}
