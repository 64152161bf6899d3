import { define } from '../../diagnostics/definition.ts';

/** What `resolve` reports about delivery. */
export const resolveDeliveryDiagnostics = {
  'resolve/git-missing': define({
    severity: 'error',
    fact: () => "with delivery 'gitops' the manifests come from a Git repository, but none is set",
    hint: () => "write delivery: { mode: 'gitops', git: { tool: 'flux', repository: 'https://…' } }",
    meaning: 'The cluster would not know which repository to read, so it would stay empty.',
    example: { config: { delivery: "'gitops'" } },
  }),
  'resolve/git-not-used': define({
    severity: 'error',
    fact: () => "with mode 'embedded' no Git repository is read",
    hint: () => "write mode: 'gitops', or remove git",
    meaning:
      'The manifests are in the user-data, so a change in the repository would have no effect on the platform.',
    example: {
      config: {
        delivery:
          "{ mode: 'embedded', git: { tool: 'flux', repository: 'https://git.example.no/platform.git' } }",
      },
    },
  }),
  'resolve/scripts-on-platform': define<{ host: string }>({
    severity: 'error',
    fact: ({ host }) =>
      `${host} is a domain of this platform, so nothing serves a script there before its nodes are up`,
    hint: () =>
      'use another place: an object storage, a web server that is not on this platform, or the Git host',
    meaning:
      'nginx serves only functions. The first machine would ask itself for the script that makes it, so it would end with nothing installed.',
    example: { config: { delivery: "{ mode: 'embedded', scripts: 'https://functions.example.no/nodes' }" } },
  }),
};
