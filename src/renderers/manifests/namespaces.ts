import { Namespaces } from '../../constructs/namespaces.ts';
import type { Platform } from '../../platform/platform.ts';
import type { Concern } from './manifest-file.ts';

/** The platform's namespaces. They are always in the user-data, because the node creates a Secret in one of them. */
export function namespacesConcern({ openfaas, k3s }: Platform): Concern {
  return {
    file: '00-namespaces.yaml',
    source: ['openfaas'],
    build: (scope) =>
      new Namespaces(scope, 'namespaces', {
        levels: {
          // The chart's pods, and those that Pro makes for functions, do not set everything that "restricted" requires.
          [openfaas.namespace]: openfaas.install === 'native' ? 'restricted' : 'baseline',
          [openfaas.functionNamespace]: openfaas.edition === 'community' ? 'restricted' : 'baseline',
        },
        minor: k3s.minor,
      }),
  };
}
