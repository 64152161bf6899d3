import { report } from '../../../diagnostics/report.ts';
import { staticBand } from '../../../platform/k3s/fixed-addresses.ts';
import { checkedNetwork, offsetIn, printNetwork, sizeOf } from '../../../units/network.ts';
import { serviceSpec, titleOf } from '../../kubernetes/body.ts';
import type { Rule } from '../rule.ts';

/**
 * A fixed address of a Service is in K3s' range of Services, in the band at its start that Kubernetes gives to nobody
 * else, and no other Service has it.
 */
export const addressesFit: Rule = {
  name: 'addresses-fit',
  harm: 'reachability',
  loss: "Kubernetes would refuse a Service's address, or give it to another one.",
  check: ({ objects, nodes }) => {
    const ranges = nodes
      .flatMap(({ k3sConfig }) => String(k3sConfig['service-cidr'] ?? '').split(','))
      .filter((cidr) => cidr.includes('.'))
      .map(checkedNetwork);
    const [range] = ranges;
    const fixed = objects.flatMap((object) => {
      const address = serviceSpec(object)?.clusterIP;
      return address === undefined || address === 'None' ? [] : [{ address, object }];
    });
    if (range === undefined) return [];
    return fixed.flatMap(({ address, object }, index) => {
      const offset = offsetIn(range, address);
      const wrong = [
        ...(offset === undefined ? [`is not in K3s' range of Services, ${printNetwork(range)}`] : []),
        ...(offset !== undefined && (offset < 2 || offset > staticBand(sizeOf(range)))
          ? [
              `may be given to another Service, for it is not among the first ${staticBand(sizeOf(range))} of ${printNetwork(range)}`,
            ]
          : []),
        ...fixed
          .slice(0, index)
          .filter((other) => other.address === address)
          .map((other) => `is that of ${titleOf(other.object)} too`),
      ];
      return wrong.map((problem) =>
        report(
          'verify/address-unfit',
          [],
          { object: titleOf(object), address, problem },
          { artifact: { path: object.path } },
        ),
      );
    });
  },
};
