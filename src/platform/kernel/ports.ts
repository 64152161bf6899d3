import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { report } from '../../diagnostics/report.ts';
import { k3sPorts } from '../k3s/ports.ts';
import type { Sysctl } from '../nodes/node.ts';
import { isTaken, takenRanges } from '../nodes/taken-ports.ts';

const rangeKey = 'net.ipv4.ip_local_port_range';

/** The setting that keeps ports free from outgoing connections: a list with commas. */
export const reservedKey = 'net.ipv4.ip_local_reserved_ports';

/** The range that every Linux has, unless a sysctl changes it. */
const usualRange = '32768 60999';

type Written = Readonly<Record<string, string | number>>;

type Range = readonly [first: number, last: number];

/** Ports on which a node listens besides those that every node takes: what it opens, and flannel's. Sorted. */
export function ownPorts(openings: readonly { readonly port: number }[], flannelBackend: string): Range[] {
  const flannel: Record<string, Range> = {
    vxlan: [k3sPorts.vxlan, k3sPorts.vxlan],
    'wireguard-native': [k3sPorts.wireguard, k3sPorts.wireguardIpv6],
  };
  const ports = [...new Set(openings.map(({ port }) => port))].filter((port) => !isTaken(port));
  return [...ports.map((port): Range => [port, port]), flannel[flannelBackend] ?? []]
    .filter((range): range is Range => range.length > 0)
    .sort(([a], [b]) => a - b);
}

/**
 * Keeps ports on which a node listens free from outgoing connections, where the range for those covers them: one that has
 * a port when its program starts again keeps it from starting. A list that the config has is left as it is, and looked at.
 */
export function reservePorts(written: Written, own: readonly Range[]): Sysctl[] {
  const needed = neededPorts(written, own);
  if (needed.length === 0 || written[reservedKey] !== undefined) return [];
  const reason = 'ports that nginx, K3s and other programs need when they start again';
  return [{ key: reservedKey, value: needed.map(shown).join(','), reason }];
}

/** Reports a list of ports that the kernel would refuse, or that lacks ports on which a node listens. */
export function diagnosePorts(written: Written, own: readonly Range[]): Diagnostic[] {
  const list = written[reservedKey];
  if (list === undefined) return [];
  const path = ['kernel', 'sysctl', reservedKey];
  if (rangesOf(list).includes(undefined)) {
    return [report('resolve/sysctl-not-ports', path, { key: reservedKey, value: String(list) })];
  }
  const missing = unreserved(written, own);
  return missing === '' ? [] : [report('resolve/ports-not-reserved', path, { missing })];
}

/** The ports on which a node listens and that outgoing connections may take, with commas; empty if there is none. */
export function unreserved(written: Written, own: readonly Range[]): string {
  const ranges = rangesOf(written[reservedKey] ?? '');
  return neededPorts(written, own)
    .filter(([first, last]) => !ranges.some((range) => range && range[0] <= first && last <= range[1]))
    .map(shown)
    .join(',');
}

/** The ports on which a node listens and that the range for outgoing connections covers. */
function neededPorts(written: Written, own: readonly Range[]): Range[] {
  const [first = 0, last = 0] = String(written[rangeKey] ?? usualRange)
    .split(' ')
    .map(Number);
  return [...takenRanges, ...own]
    .filter(([from, to]) => first <= to && from <= last)
    .sort(([a], [b]) => a - b);
}

function rangesOf(list: string | number): (Range | undefined)[] {
  return String(list).split(',').map(parsed);
}

function parsed(text: string): Range | undefined {
  const [, first, last = first] = /^(\d{1,5})(?:-(\d{1,5}))?$/.exec(text) ?? [];
  const range = [Number(first), Number(last)] as const;
  return range[0] <= range[1] && range[1] <= 65_535 ? range : undefined;
}

function shown([first, last]: Range): string {
  return first === last ? String(first) : `${first}-${last}`;
}
