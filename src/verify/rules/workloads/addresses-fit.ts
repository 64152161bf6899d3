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
      const at = { artifact: { path: object.path } };
      const own = { object: titleOf(object), address };
      const offset = offsetIn(range, address);
      const first = staticBand(sizeOf(range));
      return [
        ...(offset === undefined
          ? [report('verify/address-unfit', [], { ...own, range: printNetwork(range) }, at)]
          : []),
        ...(offset !== undefined && (offset < 2 || offset > first)
          ? [report('verify/address-not-reserved', [], { ...own, first, range: printNetwork(range) }, at)]
          : []),
        ...fixed
          .slice(0, index)
          .filter((other) => other.address === address)
          .map((other) => report('verify/address-twice', [], { ...own, other: titleOf(other.object) }, at)),
      ];
    });
  },
};
