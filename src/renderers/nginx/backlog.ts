import type { Node } from '../../platform/nodes/node.ts';
import { operatingSystems } from '../../platform/nodes/operating-systems.ts';
import type { Platform } from '../../platform/platform.ts';

/**
 * `backlog=4096`: how many connections wait to be accepted, as many as the kernel of each node lets a program have. By
 * itself nginx has 511; in a crowd the kernel then drops the others, who try again after 1, 3 and 7 seconds.
 */
export function backlog({ nodes }: Platform): string {
  return `backlog=${Math.min(...nodes.filter(({ nginx }) => nginx).map(somaxconn))}`;
}

function somaxconn({ os, sysctls }: Node): number {
  const key = 'net.core.somaxconn';
  const set = Number(sysctls.find((sysctl) => sysctl.key === key)?.value);
  return Number.isInteger(set) && set > 0 ? set : Number(operatingSystems[os].sysctlDefaults[key]);
}
