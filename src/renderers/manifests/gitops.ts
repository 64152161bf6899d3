import { GitOpsSource } from '../../constructs/delivery/gitops-source.ts';
import { GitOpsTool } from '../../constructs/delivery/gitops-tool.ts';
import type { Renderer } from '../renderer.ts';
import { type Concern, manifestFile } from './manifest-file.ts';
import { namespacesConcern } from './namespaces.ts';

/** The manifests that user-data contains if a GitOps tool gets the others from Git. */
export const renderGitOps: Renderer = ({ platform, ...input }) => {
  const { delivery: gitOps } = platform;
  if (gitOps.mode === 'embedded') return [];
  const source = ['delivery'];
  const concerns: Concern[] = [
    namespacesConcern(platform),
    {
      file: `10-${gitOps.tool}.yaml`,
      source,
      build: (scope) => new GitOpsTool(scope, 'tool', { gitOps }),
    },
    {
      file: '20-source.yaml',
      source,
      build: (scope) => new GitOpsSource(scope, 'source', { platform: platform.name, gitOps }),
    },
  ];
  return concerns.map((concern) => manifestFile('gitops', concern, input));
};
