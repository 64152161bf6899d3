import { report } from '../../../diagnostics/report.ts';
import { ownPorts, unreserved } from '../../../platform/kernel/ports.ts';
import { places } from '../../../platform/nodes/places.ts';
import type { Rule } from '../rule.ts';

/** An outgoing connection never takes a port that nginx, K3s or a program of the node's owner listens on. */
export const portsReserved: Rule = {
  name: 'ports-reserved',
  harm: 'reachability',
  loss: 'nginx, K3s or another program could not start again, because a connection has its port.',
  check: ({ nodes, lock }) => {
    const backend = nodes
      .map(({ k3sConfig }) => k3sConfig['flannel-backend'])
      .find((one) => one !== undefined);
    return nodes.flatMap(({ name, path, sysctls }) => {
      const own = lock.nodes.find((node) => node.name === name);
      const openings = own?.openings ?? (own === undefined ? [] : [{ port: own.sshPort }]);
      const ports = unreserved(sysctls, ownPorts(openings, String(backend ?? 'vxlan')));
      const artifact = { path: `${path}#${places.sysctls}` };
      return ports === '' ? [] : [report('verify/ports-not-reserved', [], { name, ports }, { artifact })];
    });
  },
};
