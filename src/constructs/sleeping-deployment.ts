import { ApiObject, JsonPatch } from 'cdk8s';
import { k8s } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';

export interface SleepingDeploymentProps extends k8s.KubeDeploymentProps {
  /** For each container, how many seconds it sleeps. Undefined: it is told to stop at once. */
  readonly sleeps: readonly (number | undefined)[];
}

/**
 * A Deployment whose containers sleep before they are told to stop. The kubelet sleeps, so their images need no shell.
 * Kubernetes does so by default since 1.30, and for good since 1.34; the types that objects are built with are older,
 * and leave out what they do not know.
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
