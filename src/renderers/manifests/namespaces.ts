import { Namespaces } from '../../constructs/namespaces.ts';
import type { Platform } from '../../platform/platform.ts';
import type { Concern } from './manifest-file.ts';

/** The platform's namespaces. They come with the user-data however the rest does: the node makes a Secret in one. */
export function namespacesConcern({ openfaas, k3s }: Platform): Concern {
  return {
    file: '00-namespaces.yaml',
    source: ['openfaas'],
    build: (scope) =>
      new Namespaces(scope, 'namespaces', {
        levels: {
          // The pods of the chart, and those that Pro makes of functions, do not say all that "restricted" asks for.
          [openfaas.namespace]: openfaas.install === 'native' ? 'restricted' : 'baseline',
          [openfaas.functionNamespace]: openfaas.edition === 'community' ? 'restricted' : 'baseline',
        },
        minor: k3s.minor,
      }),
  };
}
