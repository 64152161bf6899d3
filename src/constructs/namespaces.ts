import { k8s } from 'cdk8s-plus-28';
import { Construct } from 'constructs';

export interface NamespacesProps {
  /** Each gets the Pod Security level "restricted". */
  readonly names: readonly string[];
  /** The Kubernetes version whose meaning of "restricted" holds, such as `1.36`. */
  readonly minor: string;
}

/** The namespaces of the platform. Pods that could harm the node are refused in them. */
export class Namespaces extends Construct {
  constructor(scope: Construct, id: string, props: NamespacesProps) {
    super(scope, id);
    for (const name of props.names) {
      new k8s.KubeNamespace(this, name, {
        metadata: {
          name,
          labels: {
            'pod-security.kubernetes.io/enforce': 'restricted',
            'pod-security.kubernetes.io/enforce-version': `v${props.minor}`,
          },
        },
      });
    }
  }
}
