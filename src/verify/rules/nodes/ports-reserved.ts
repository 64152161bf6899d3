import { report } from '../../../diagnostics/report.ts';
import { unreserved } from '../../../platform/kernel/ports.ts';
import { places } from '../../../platform/nodes/places.ts';
import type { Rule } from '../rule.ts';

/** An outgoing connection never takes a port that nginx or K3s listens on. */
export const portsReserved: Rule = {
  name: 'ports-reserved',
  harm: 'reachability',
  loss: 'nginx or K3s could not start again, because a connection has its port.',
  check: ({ nodes }) =>
    nodes.flatMap(({ name, path, sysctls }) => {
      const ports = unreserved(sysctls);
      const artifact = { path: `${path}#${places.sysctls}` };
      return ports === '' ? [] : [report('verify/ports-not-reserved', [], { name, ports }, { artifact })];
    }),
};
