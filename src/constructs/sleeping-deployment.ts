import { ApiObject, JsonPatch } from 'cdk8s';
import { k8s } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';

export interface SleepingDeploymentProps extends k8s.KubeDeploymentProps {
  /** Seconds that each container sleeps before it gets the signal to stop. Undefined: none. */
  readonly sleeps: readonly (number | undefined)[];
}

/**
 * A Deployment whose containers sleep before they get the signal to stop. The kubelet sleeps, so images need no shell.
 * Kubernetes can do so by default from 1.30, and as a stable feature from 1.34. The types that objects are built with
 * are older and drop unknown fields, so this is an `ApiObject`.
 */
export class SleepingDeployment extends ApiObject {
  constructor(scope: Construct, id: string, { sleeps, ...props }: SleepingDeploymentProps) {
    super(scope, id, k8s.KubeDeployment.manifest(props));
    for (const [index, seconds] of sleeps.entries()) {
      if (seconds === undefined) continue;
      const lifecycle = { preStop: { sleep: { seconds } } };
      this.addJsonPatch(JsonPatch.add(`/spec/template/spec/containers/${index}/lifecycle`, lifecycle));
    }
  }
}
