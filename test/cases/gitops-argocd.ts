import type { PlatformConfig } from '../../src/config/platform-config.ts';

/** The manifests come from a branch of a private Git repository, by Argo CD, into a hardened cluster with etcd. */
export const gitopsArgocd: PlatformConfig = {
  name: 'shop',
  domain: 'functions.example.no',
  nodes: { 'node-1': { provider: 'scaleway' } },
  k3s: { version: 'v1.37.1+k3s1', datastore: 'etcd', hardening: 'cis', kubeconfigName: 'shop' },
  openfaas: { licence: 'personal' },
  functions: { figlet: { image: 'ghcr.io/openfaas/figlet:0.3.0' } },
  delivery: {
    mode: 'gitops',
    git: {
      tool: 'argocd',
      repository: 'ssh://git@git.example.no/shop/platform.git',
      branch: 'production',
      path: 'platform/dist/manifests',
      secret: 'platform-repository',
      chartVersion: '9.6.0',
    },
  },
};
