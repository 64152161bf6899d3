/** How the manifests reach the cluster. */
export type Delivery = { readonly mode: 'embedded' } | GitOps;

/** A tool in the cluster takes the manifests from a Git repository. */
export interface GitOps {
  readonly mode: 'gitops';
  readonly tool: GitOpsTool;
  /** Where the tool lives, and where the repository's credentials must be. */
  readonly namespace: string;
  readonly chart: { readonly repository: string; readonly name: string; readonly version: string };
  readonly repository: string;
  readonly branch: string;
  /** Without `./` before it. */
  readonly path: string;
  /** The Secret with the repository's credentials. */
  readonly secret: string | undefined;
}

export type GitOpsTool = 'flux' | 'argocd';
