import { define } from '../definition.ts';

export const deliveryCodes = {
  'resolve/git-missing': define({
    severity: 'error',
    fact: () => "with delivery 'gitops' the manifests come from a Git repository, but none is set",
    hint: () => "write delivery: { mode: 'gitops', git: { tool: 'flux', repository: 'https://…' } }",
  }),
  'resolve/git-not-used': define({
    severity: 'error',
    fact: () => "with mode 'embedded' no Git repository is read",
    hint: () => "write mode: 'gitops', or remove git",
  }),
};
