import { report } from '../../../diagnostics/report.ts';
import { flowsOf } from '../../flows/flows.ts';
import { mentionsIn } from '../../flows/mentions.ts';
import { ownHostsOf } from '../../flows/own-hosts.ts';
import type { Rule } from '../rule.ts';

/** Every host that a file names as something to connect to is the platform's own, or one that a flow leads to. */
export const flowsNamed: Rule = {
  name: 'flows-named',
  harm: 'confinement',
  loss: 'Data could leave for a host that is on no list.',
  check: (dist) => {
    const isOwn = ownHostsOf(dist);
    const hosts = new Set(flowsOf(dist).map(({ to }) => to.toLowerCase()));
    const seen = new Set<string>();
    return mentionsIn(dist).flatMap(({ host, artifact }) => {
      const key = `${host} ${artifact.path}`;
      if (isOwn(host) || hosts.has(host.toLowerCase()) || seen.has(key)) return [];
      seen.add(key);
      return [report('verify/host-without-flow', [], { host }, { artifact })];
    });
  },
};
