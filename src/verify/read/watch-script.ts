import type { AlertsIntent } from '../../artifacts/intent.ts';
import { places } from '../../platform/nodes/places.ts';
import type { DistNode } from '../dist.ts';

/** What a node's program for alerts says of its targets and limits; undefined on a node without one. */
export function watchOf({ files }: DistNode): AlertsIntent | undefined {
  const text = files.get(places.watchScript)?.text;
  if (text === undefined) return undefined;
  const [, dead = ''] = /^SWITCH = "(.*)"$/m.exec(text) ?? [];
  const [, limits = ''] = /^LIMITS = \{ (.*) \}$/m.exec(text) ?? [];
  const [, every] = /^OnUnitInactiveSec=(\d+)s$/m.exec(files.get(places.watchTimer)?.text ?? '') ?? [];
  return {
    to: Object.fromEntries(
      [...text.matchAll(target)].map(([, name = '', kind = '', host = '', port, from = '', to = '']) => {
        const mail = { port: Number(port), from, recipients: to.split(' ') };
        return [name, { kind, host, mail: kind === 'mail' ? mail : null }];
      }),
    ),
    deadMansSwitch: dead === '' ? null : dead,
    every: Number(every),
    limits: Object.fromEntries(
      [...limits.matchAll(/"(\w+)": (\d+)/g)].map(([, name, value]) => [name, Number(value)]),
    ),
  };
}

const target = /^ {4}"([^"]+)": \("([^"]+)", "([^"]+)", (\d+), "([^"]*)", "([^"]*)"\),$/gm;
