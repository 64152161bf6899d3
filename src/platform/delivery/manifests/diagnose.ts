import type { Diagnostic } from '../../../diagnostics/diagnostic.ts';
import { report } from '../../../diagnostics/report.ts';
import { diagnoseClusterFields } from './cluster-fields.ts';
import { diagnoseConfinement } from './confinement.ts';
import { diagnoseOpenings } from './openings.ts';
import { type OwnObject, podOf, titleOf } from './own-object.ts';
import { diagnosePlace } from './places.ts';
import { containersOf, diagnosePods } from './pods.ts';
import { diagnoseReferences } from './references.ts';
import { diagnoseRights } from './rights.ts';
import { diagnoseSecretValues } from './secrets.ts';

/**
 * Holds objects of the user's own to the platform's rules. Their schemas have been checked.
 *
 * @param functions the names of all functions
 * @returns what is wrong with each, in their order; paths are inside of the object
 */
export function diagnoseOwnObjects(
  objects: readonly OwnObject[],
  functions: readonly string[],
): Diagnostic[][] {
  const titles = objects.map(titleOf);
  const namespaces = new Set(objects.filter(({ kind }) => kind === 'Namespace').map(({ name }) => name));
  const places = { namespaces, functions: new Set(functions) };
  return objects.map((object, index) => [
    ...(titles.indexOf(titleOf(object)) < index
      ? [report('resolve/manifest-twice', ['metadata', 'name'], { object: titleOf(object) })]
      : []),
    ...diagnoseClusterFields(object.body, titleOf(object)),
    ...diagnosePlace(object, places),
    ...diagnoseOpenings(object),
    ...diagnoseRights(object, namespaces),
    ...diagnosePods(object),
    ...diagnoseSecretValues(object),
    ...diagnoseReferences(object, objects),
    ...diagnoseConfinement(object, objects),
    ...diagnoseTags(object),
  ]);
}

/** Without a tag, an image is the one that is called latest. */
function diagnoseTags(object: OwnObject): Diagnostic[] {
  return imagesOf(object)
    .filter(({ image }) => /:latest$/.test(image) || !/[:@]/.test(image.replace(/^.*\//, '')))
    .map(({ image, path }) => report('resolve/image-latest', path, { image }));
}

/** The images of an object's pods, and where in it they are. */
export function imagesOf(object: OwnObject) {
  const found = podOf(object);
  if (found === undefined) return [];
  return containersOf(found.pod).flatMap(({ container: { image }, key, index }) =>
    image === undefined ? [] : [{ image, path: [...found.at, key, index, 'image'] }],
  );
}
