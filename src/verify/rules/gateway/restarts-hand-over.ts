import { report } from '../../../diagnostics/report.ts';
import { places } from '../../../platform/nodes/places.ts';
import type { Rule } from '../rule.ts';

/** What nginx's unit must have so that a restart keeps sockets and calls; the first line that has it otherwise counts. */
const wanted: Readonly<Record<string, string>> = {
  ExecStart: `${places.nginxScript} start`,
  ExecStop: `-${places.nginxScript} stop`,
  KillMode: 'process',
  SuccessExitStatus: 'SIGVTALRM',
};

/** When nginx restarts, a second one takes over the sockets before the first one closes them. */
export const restartsHandOver: Rule = {
  name: 'restarts-hand-over',
  harm: 'lost calls',
  loss: 'Each restart of nginx, also by an update of its package, would close the ports until the longest call has ended.',
  check: (dist) =>
    dist.nodes.flatMap(({ name, files, nginx, path }) => {
      if (nginx.length === 0) return [];
      const text = files.get(places.nginxDropIn)?.text ?? '';
      return Object.entries(wanted)
        .map(([key, expected]) => ({ node: name, key, value: lastOf(text, key), expected }))
        .filter(({ value, expected }) => value !== expected)
        .slice(0, 1)
        .map((params) =>
          report('verify/restart-closes-ports', [], params, {
            artifact: { path: `${path}#${places.nginxDropIn}` },
          }),
        );
    }),
};

/** All of a key's values since it was last emptied, as systemd reads them. */
function lastOf(text: string, key: string): string {
  const values = [...text.matchAll(new RegExp(`^${key}=(.*)$`, 'gm'))].map(([, value = '']) => value);
  return values.slice(values.lastIndexOf('') + 1).join('; ');
}
