import type { Artifact } from '../../src/artifacts/artifact.ts';
import { lockOf, marked } from './sample-artifacts.ts';

/** A hundred files, some of them the same in every version, some only in this one, with their lock file. */
export function largeTree(version: 'even' | 'odd'): readonly Artifact[] {
  const files = Array.from({ length: 100 }, (_, index) => {
    if (index < 10) return marked(`same/${index}.yaml`, `${index}\n`.repeat(1000));
    const folder = index < 30 ? `only-${version}` : `part-${index % 7}`;
    return marked(`${folder}/${index}.yaml`, `${version} ${index}\n`.repeat(2000));
  });
  return [...files, lockOf(files)];
}
