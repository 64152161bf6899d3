import { k8s } from 'cdk8s-plus-28';
import { Construct } from 'constructs';

export interface NamespacesProps {
  /** By name, the strictest Pod Security level that the pods in it satisfy. */
  readonly levels: Readonly<Record<string, 'restricted' | 'baseline'>>;
  /** The Kubernetes version that defines the levels, such as `1.36`. */
  readonly minor: string;
}

/** The platform's namespaces. They refuse pods that could harm the node. */
export class Namespaces extends Construct {
  constructor(scope: Construct, id: string, props: NamespacesProps) {
    super(scope, id);
    for (const [name, level] of Object.entries(props.levels)) {
      new k8s.KubeNamespace(this, name, {
        metadata: {
          name,
          labels: {
            'pod-security.kubernetes.io/enforce': level,
            'pod-security.kubernetes.io/enforce-version': `v${props.minor}`,
          },
        },
      });
    }
  }
}
