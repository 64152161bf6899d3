import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { report } from '../../diagnostics/report.ts';
import type { Sysctl } from '../nodes/node.ts';
import { takenRanges } from '../nodes/taken-ports.ts';

const rangeKey = 'net.ipv4.ip_local_port_range';

/** The setting that keeps ports free from outgoing connections: a list with commas. */
export const reservedKey = 'net.ipv4.ip_local_reserved_ports';

type Written = Readonly<Record<string, string | number>>;

/**
 * Keeps ports of nginx and K3s free from outgoing connections, where the range for those is widened: one that has a port
 * when K3s starts again keeps it from starting. A list that the config has is left as it is, and looked at.
 */
export function reservePorts(written: Written): Sysctl[] {
  const needed = neededPorts(written);
  if (needed.length === 0 || written[reservedKey] !== undefined) return [];
  const reason = 'ports that nginx and K3s need when they start again';
  return [{ key: reservedKey, value: needed.map(shown).join(','), reason }];
}

/** Reports a list of ports that the kernel would refuse, or that lacks ports of nginx or K3s. */
export function diagnosePorts(written: Written): Diagnostic[] {
  const list = written[reservedKey];
  if (list === undefined) return [];
  const path = ['kernel', 'sysctl', reservedKey];
  if (rangesOf(list).includes(undefined)) {
    return [report('resolve/sysctl-not-ports', path, { key: reservedKey, value: String(list) })];
  }
  const missing = unreserved(written);
  return missing === '' ? [] : [report('resolve/ports-not-reserved', path, { missing })];
}

/** The ports of nginx and K3s that outgoing connections may take, with commas; empty if there is none. */
export function unreserved(written: Written): string {
  const ranges = rangesOf(written[reservedKey] ?? '');
  return neededPorts(written)
    .filter(([first, last]) => !ranges.some((range) => range && range[0] <= first && last <= range[1]))
    .map(shown)
    .join(',');
}

/** The ports of nginx and K3s that the range for outgoing connections covers. */
function neededPorts(written: Written): Range[] {
  const [first = 0, last = 0] = String(written[rangeKey] ?? '')
    .split(' ')
    .map(Number);
  return takenRanges.filter(([from, to]) => first <= to && from <= last);
}

type Range = readonly [first: number, last: number];

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
