import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { report } from '../diagnostics/report.ts';
import type { Platform } from './platform.ts';

/** Whether a challenge of the certificate authority over HTTP comes to the node that waits for it. */
export function checkChallenges({ nodes, gateway }: Platform): Diagnostic[] {
  const { certificate } = gateway.tls;
  const asking = nodes.filter(({ nginx }) => nginx).map(({ name }) => name);
  if (asking.length < 2 || certificate.kind === 'files' || certificate.dns !== undefined) return [];
  return [report('resolve/challenge-elsewhere', ['gateway', 'tls'], { nodes: asking })];
}
