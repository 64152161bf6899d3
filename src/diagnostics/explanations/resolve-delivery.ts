import type { deliveryCodes } from '../codes/resolve-delivery.ts';
import type { Explanations } from './explanation.ts';

export const deliveryExplanations: Explanations<keyof typeof deliveryCodes> = {
  'resolve/git-missing': {
    meaning: 'The cluster would wait for a repository that nobody has named, and would stay empty.',
    example: { config: { delivery: "'gitops'" } },
  },
  'resolve/git-not-used': {
    meaning:
      'The user-data carries the manifests. A repository that nothing reads only looks like a way to change the platform.',
    example: {
      config: {
        delivery:
          "{ mode: 'embedded', git: { tool: 'flux', repository: 'https://git.example.no/platform.git' } }",
      },
    },
  },
};
