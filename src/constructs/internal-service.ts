import { k8s } from 'cdk8s-plus-28';
import { Construct } from 'constructs';

export interface InternalServiceProps {
  readonly namespace: string;
  readonly name: string;
  /** The label that selects its pods. */
  readonly selector: 'app' | 'faas_function';
  /** That label's value. @default `name` */
  readonly selected?: string;
  readonly port: number;
  readonly portName: string;
  /** A fixed address in the Service range, or `None`: then DNS has the addresses of its pods. */
  readonly clusterIp?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
}

/** A Service of type ClusterIP. No other type is used, because the others are reachable from outside. */
export class InternalService extends Construct {
  constructor(scope: Construct, id: string, props: InternalServiceProps) {
    super(scope, id);
    new k8s.KubeService(this, 'service', {
      metadata: {
        name: props.name,
        namespace: props.namespace,
        ...(!isEmpty(props.labels) && { labels: props.labels }),
        ...(!isEmpty(props.annotations) && { annotations: props.annotations }),
      },
      spec: {
        type: 'ClusterIP',
        ...(props.clusterIp !== undefined && { clusterIp: props.clusterIp }),
        selector: { [props.selector]: props.selected ?? props.name },
        ports: [port(props.portName, props.port)],
      },
    });
  }
}

function port(name: string, number: number): k8s.ServicePort {
  return { name, protocol: 'TCP', port: number, targetPort: k8s.IntOrString.fromNumber(number) };
}

function isEmpty(record: Readonly<Record<string, string>> = {}): boolean {
  return Object.keys(record).length === 0;
}
