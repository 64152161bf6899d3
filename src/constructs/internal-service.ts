import { k8s } from 'cdk8s-plus-28';
import { Construct } from 'constructs';

export interface InternalServiceProps {
  readonly namespace: string;
  /** Also the value of the selector. */
  readonly name: string;
  /** The label that selects its pods. */
  readonly selector: 'app' | 'faas_function';
  readonly port: number;
  readonly portName: string;
  /** A fixed address in the Service range. */
  readonly clusterIp?: string;
}

/** A Service of type ClusterIP, the only type there is here: no other one keeps outsiders away. */
export class InternalService extends Construct {
  constructor(scope: Construct, id: string, props: InternalServiceProps) {
    super(scope, id);
    new k8s.KubeService(this, 'service', {
      metadata: { name: props.name, namespace: props.namespace },
      spec: {
        type: 'ClusterIP',
        ...(props.clusterIp !== undefined && { clusterIp: props.clusterIp }),
        selector: { [props.selector]: props.name },
        ports: [
          {
            name: props.portName,
            protocol: 'TCP',
            port: props.port,
            targetPort: k8s.IntOrString.fromNumber(props.port),
          },
        ],
      },
    });
  }
}
