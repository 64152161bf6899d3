/** The file with the Kubernetes objects of the user's own, below `dist/`. It is applied last. */
export const ownManifestsPath = 'manifests/80-own.yaml';
