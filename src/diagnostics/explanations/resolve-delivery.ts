import type { deliveryCodes } from '../codes/resolve-delivery.ts';
import type { Explanations } from './explanation.ts';

export const deliveryExplanations: Explanations<keyof typeof deliveryCodes> = {
  'resolve/git-missing': {
    meaning: 'The cluster would watch a repository that nobody named, and stay empty.',
    example: { config: { delivery: "'gitops'" } },
  },
  'resolve/git-not-used': {
    meaning: 'A repository that nothing reads looks like a way to change the platform, and is not.',
    example: {
      config: {
        delivery:
          "{ mode: 'embedded', git: { tool: 'flux', repository: 'https://git.example.no/platform.git' } }",
      },
    },
  },
};
