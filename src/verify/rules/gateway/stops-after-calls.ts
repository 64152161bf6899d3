import { report } from '../../../diagnostics/report.ts';
import { directivesBelow } from '../../../nginx/find.ts';
import { places } from '../../../platform/nodes/places.ts';
import { parseDuration } from '../../../units/amounts.ts';
import type { Rule } from '../rule.ts';

/** When nginx stops, calls under way may end: its workers, its unit and systemd wait for the longest, or longer. */
export const stopsAfterCalls: Rule = {
  name: 'stops-after-calls',
  harm: 'lost calls',
  loss: 'Each restart of nginx, and of the node, would cut the calls that are under way.',
  check: (dist) =>
    dist.nodes.flatMap(({ name, files, nginx, path }) => {
      const text = files.get(places.nginxDropIn)?.text;
      if (text === undefined) return [];
      const times = (directive: string) =>
        [...nginx, ...dist.nginx]
          .flatMap(({ statements }) => directivesBelow(statements, directive))
          .map(({ args: [time = ''] }) => secondsOf(time));
      const { stopWithin } = dist.lock.gateway;
      const bound = stopWithin === undefined ? Number.POSITIVE_INFINITY : secondsOf(stopWithin);
      const call = Math.min(Math.max(...times('proxy_read_timeout')), bound);
      const [workers = Number.NaN] = times('worker_shutdown_timeout');
      const stop = files.get(places.nginxScript)?.text ?? text;
      const unit = Number(/(?:SECONDS -lt |QUIT\/)(\d+)/.exec(stop)?.[1]);
      const systemd = Number(/^TimeoutStopSec=(\d+)$/m.exec(text)?.[1]);
      if (call <= workers && workers <= unit && unit < systemd) return [];
      const params = { node: name, call, workers, unit, systemd };
      return [
        report('verify/stop-cuts-calls', [], params, { artifact: { path: `${path}#${places.nginxDropIn}` } }),
      ];
    }),
};

function secondsOf(time: string): number {
  return /^(\d+(ms|s|m|h))+$/.test(time) ? parseDuration(time) / 1000 : Number.NaN;
}
