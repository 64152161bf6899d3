import type { Diagnostic } from '../../../diagnostics/diagnostic.ts';
import { report } from '../../../diagnostics/report.ts';
import { type OwnObject, titleOf } from './own-object.ts';

/** Reports a Service that would open a port of the nodes, or take an address of somebody else. */
export function diagnoseOpenings(object: OwnObject): Diagnostic[] {
  if (object.kind !== 'Service') return [];
  const { type = 'ClusterIP', externalIPs = [], clusterIP = '' } = object.body.spec ?? {};
  const service = titleOf(object);
  return [
    ...(type === 'NodePort' || type === 'LoadBalancer'
      ? [report('resolve/manifest-opens-port', ['spec', 'type'], { service, type })]
      : []),
    ...(externalIPs.length > 0
      ? [report('resolve/manifest-takes-address', ['spec', 'externalIPs'], { service, key: 'externalIPs' })]
      : []),
    ...(clusterIP === '' || clusterIP === 'None'
      ? []
      : [report('resolve/manifest-takes-address', ['spec', 'clusterIP'], { service, key: 'clusterIP' })]),
  ];
}
