/** The Kubernetes minors on offer, oldest first: each has schemas for its manifests, and a newest K3s release known to Fjord. */
export const kubernetesMinors = ['1.33', '1.34', '1.35', '1.36', '1.37'] as const;

export type KubernetesMinor = (typeof kubernetesMinors)[number];
