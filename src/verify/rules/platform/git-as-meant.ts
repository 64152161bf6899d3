import type { Dist } from '../../dist.ts';
import type { Rule } from '../rule.ts';
import { contradictions } from './as-meant.ts';
import type { Statement } from './node-as-meant.ts';

/** The Git repository that software comes from is the one of the lock file. */
export const gitAsMeant: Rule = {
  name: 'git-as-meant',
  harm: 'ownership',
  loss: 'Somebody could deliver software from a repository of theirs by editing one file of dist/.',
  check: (dist) => contradictions(ofGit(dist), 'gitops/20-source.yaml'),
};

function ofGit({ objects, lock }: Dist): Statement[] {
  if (lock.delivery.mode === 'embedded') return [['the Git repository', lock.intent.git, null]];
  const spec = (kind: string) =>
    objects.find((object) => object.kind === kind)?.body.spec as GitSpec | undefined;
  const flux = spec('GitRepository');
  const argo = spec('Application')?.source;
  const found = flux
    ? {
        repository: flux.url,
        branch: flux.ref?.branch,
        path: spec('Kustomization')?.path?.replace(/^\.\//, ''),
      }
    : { repository: argo?.repoURL, branch: argo?.targetRevision, path: argo?.path };
  const { repository, branch, path } = lock.intent.git ?? {};
  return [['the Git repository', { repository, branch, path }, found]];
}

interface GitSpec {
  readonly url?: string;
  readonly ref?: { readonly branch?: string };
  readonly path?: string;
  readonly source?: { readonly repoURL?: string; readonly targetRevision?: string; readonly path?: string };
}
