import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import type { GitOps } from '../../platform/delivery/delivery.ts';

export interface GitOpsSourceProps {
  /** The platform's name. */
  readonly platform: string;
  readonly gitOps: GitOps;
}

/** The object that tells the GitOps tool which directory of which repository to apply. */
export class GitOpsSource extends Construct {
  constructor(scope: Construct, id: string, { platform, gitOps }: GitOpsSourceProps) {
    super(scope, id);
    const metadata = { name: platform, namespace: gitOps.namespace };
    if (gitOps.tool === 'flux') this.flux(metadata, gitOps);
    else this.argocd(metadata, gitOps);
  }

  private flux(metadata: { name: string; namespace: string }, gitOps: GitOps): void {
    new ApiObject(this, 'repository', {
      apiVersion: 'source.toolkit.fluxcd.io/v1',
      kind: 'GitRepository',
      metadata,
      spec: {
        url: gitOps.repository,
        ref: { branch: gitOps.branch },
        interval: '1m',
        ...(gitOps.secret !== undefined && { secretRef: { name: gitOps.secret } }),
      },
    });
    new ApiObject(this, 'kustomization', {
      apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
      kind: 'Kustomization',
      metadata,
      spec: {
        sourceRef: { kind: 'GitRepository', name: metadata.name },
        path: `./${gitOps.path}`,
        prune: true,
        interval: '10m',
        retryInterval: '1m',
        timeout: '5m',
      },
    });
  }

  private argocd(metadata: { name: string; namespace: string }, gitOps: GitOps): void {
    new ApiObject(this, 'application', {
      apiVersion: 'argoproj.io/v1alpha1',
      kind: 'Application',
      metadata,
      spec: {
        project: 'default',
        source: { repoURL: gitOps.repository, path: gitOps.path, targetRevision: gitOps.branch },
        destination: { server: 'https://kubernetes.default.svc' },
        syncPolicy: {
          automated: { prune: true, selfHeal: true },
          retry: { limit: 10, backoff: { duration: '30s', factor: 2, maxDuration: '10m' } },
        },
      },
    });
  }
}
