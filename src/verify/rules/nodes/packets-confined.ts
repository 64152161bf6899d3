import type { Diagnostic } from '../../../diagnostics/diagnostic.ts';
import { report } from '../../../diagnostics/report.ts';
import { places } from '../../../platform/nodes/places.ts';
import type { Dist, DistNode } from '../../dist.ts';
import { parseFirewall } from '../../exposure/firewall.ts';
import { isLoaded } from '../../exposure/open-sockets.ts';
import type { Packet } from '../../exposure/packet.ts';
import { waysOfPackets, wrongPacket } from '../../exposure/ways-of-packets.ts';
import type { Rule } from '../rule.ts';

/**
 * Nothing for pods and Services leaves a node in the clear, nobody from outside is passed on to them, and what the
 * cluster needs gets through. A filter that cannot be read, or is not loaded, is `socketsAsDeclared`'s business.
 */
export const packetsConfined: Rule = {
  name: 'packets-confined',
  harm: 'exposure',
  loss: 'Calls would leave a node in the clear, or a neighbour could route into the cluster.',
  check: (dist) => dist.nodes.flatMap((node) => judge(dist, node)),
};

function judge(dist: Dist, node: DistNode): Diagnostic[] {
  const [firewall] = isLoaded(node) ? parseFirewall(node.files.get(places.firewall)?.text ?? '') : [];
  if (firewall === undefined) return [];
  return waysOfPackets(dist, node, firewall).flatMap((way) => {
    const wrong = wrongPacket(firewall, way);
    if (wrong === undefined) return [];
    const params = { node: node.name, packet: `${way.what}: ${shown(wrong)}` };
    return [report(way.code, [], params, { artifact: { path: `${node.path}#${places.firewall}` } })];
  });
}

function shown({ protocol, from, to, in: by, out, nextHop, state }: Packet): string {
  return [
    ...[protocol, state, `from ${from}`, ...(by === undefined ? [] : [`by ${by}`])],
    ...[`to ${to}`, ...(out === undefined ? [] : [`by ${out}`])],
    ...(nextHop === undefined || nextHop === to ? [] : [`via ${nextHop}`]),
  ].join(' ');
}
