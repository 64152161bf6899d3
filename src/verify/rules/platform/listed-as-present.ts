import { createHash } from 'node:crypto';
import { report } from '../../../diagnostics/report.ts';
import { everyObject } from '../../kubernetes/every-object.ts';
import { imagesIn } from '../../kubernetes/images.ts';
import type { Rule } from '../rule.ts';

const lockPath = 'platform.lock.json';

/** The lock file lists exactly the files, with their hashes, and the images; kustomization.yaml the manifests. */
export const listedAsPresent: Rule = {
  name: 'listed-as-present',
  harm: 'ownership',
  loss: 'A file that Fjord did not make, or that somebody changed, would be delivered.',
  check: (dist) => {
    const { lock, texts, resources } = dist;
    const listed = new Map(lock.artifacts.map((artifact) => [artifact.path, artifact]));
    const files = [...texts].filter(([path]) => path !== lockPath);
    const images = imagesIn(dist);
    const manifests = new Set(
      everyObject(dist).flatMap(({ path }) => /^manifests\/(.+)$/.exec(path)?.[1] ?? []),
    );

    return [
      ...lock.artifacts
        .filter(({ path }) => !texts.has(path))
        .map(({ path }) => report('verify/file-missing', [], { path })),
      ...files.flatMap(([path, text]) => {
        const entry = listed.get(path);
        if (entry === undefined) return [report('verify/unknown-file', [], { path })];
        const bytes = Buffer.from(text);
        const same =
          createHash('sha256').update(bytes).digest('hex') === entry.sha256 && bytes.length === entry.size;
        const params = { path, size: bytes.length, locked: entry.size };
        return same ? [] : [report('verify/not-as-locked', [], params, { artifact: { path } })];
      }),
      ...inOneOnly(images, new Set(lock.images.map(({ image }) => image))).map(([image, first]) =>
        report('verify/images-not-locked', [], { image, where: first ? 'the manifests' : lockPath }),
      ),
      ...inOneOnly(manifests, new Set(resources)).map(([file, first]) =>
        report('verify/kustomization-incomplete', [], {
          file,
          where: first ? 'manifests/' : 'kustomization.yaml',
        }),
      ),
    ];
  },
};

/** What is in one of two sets alone, and whether that is the first. */
function inOneOnly(first: ReadonlySet<string>, second: ReadonlySet<string>): [string, boolean][] {
  return [
    ...[...first].filter((entry) => !second.has(entry)).map((entry): [string, boolean] => [entry, true]),
    ...[...second].filter((entry) => !first.has(entry)).map((entry): [string, boolean] => [entry, false]),
  ];
}
