import { k8s } from 'cdk8s-plus-28';
import { Construct } from 'constructs';

export interface AccountProps {
  /** The ServiceAccount's namespace. */
  readonly namespace: string;
  /** ServiceAccount, Role and RoleBinding. */
  readonly name: string;
  /** The namespace of its Role. */
  readonly roleNamespace: string;
  readonly rules: k8s.PolicyRule[];
}

/** A ServiceAccount and its permissions in one namespace. */
export class Account extends Construct {
  constructor(scope: Construct, id: string, props: AccountProps) {
    super(scope, id);
    const metadata = { name: props.name, namespace: props.roleNamespace };
    new k8s.KubeServiceAccount(this, 'account', {
      metadata: { name: props.name, namespace: props.namespace },
    });
    new k8s.KubeRole(this, 'role', { metadata, rules: props.rules });
    new k8s.KubeRoleBinding(this, 'binding', {
      metadata,
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: props.name },
      subjects: [{ kind: 'ServiceAccount', name: props.name, namespace: props.namespace }],
    });
  }
}
