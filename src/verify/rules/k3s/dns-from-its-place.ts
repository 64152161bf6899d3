import { report } from '../../../diagnostics/report.ts';
import { places } from '../../../platform/nodes/places.ts';
import type { Rule } from '../rule.ts';

/** K3s is told where pods' DNS servers are: without that it takes a public one as soon as it dislikes the machine's. */
export const dnsFromItsPlace: Rule = {
  name: 'dns-from-its-place',
  harm: 'exposure',
  loss: 'A public DNS server abroad would learn every name that functions call.',
  check: ({ nodes }) =>
    nodes
      .filter(({ k3sConfig }) => k3sConfig['resolv-conf'] !== places.resolvConf)
      .map(({ name: node, path, k3sConfig }) =>
        report(
          'verify/dns-not-said',
          [],
          {
            node,
            wanted: places.resolvConf,
            place: k3sConfig['resolv-conf'] === undefined ? 'nothing' : String(k3sConfig['resolv-conf']),
          },
          { artifact: { path: `${path}#${places.k3sConfig}` } },
        ),
      ),
};
