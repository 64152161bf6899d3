import type { Dist, ManifestObject } from '../dist.ts';
import { functionResource, podOf } from './body.ts';
import { chartImages, openfaasRelease } from './chart-release.ts';
import { everyObject } from './every-object.ts';

/** Every image that the manifests name. */
export function imagesIn(dist: Dist): ReadonlySet<string> {
  const release = openfaasRelease(dist);
  return new Set([
    ...everyObject(dist).flatMap((object) => imagesOf(object)),
    ...(release ? chartImages(release) : []),
  ]);
}

/** A pod's images; those of functions that OpenFaaS Pro's operator will make pods of. */
function imagesOf(object: ManifestObject): string[] {
  const resource = functionResource(object);
  if (resource) return [resource.image];
  const { containers = [], initContainers = [] } = podOf(object) ?? {};
  return [...containers, ...initContainers].map(({ image }) => image);
}
