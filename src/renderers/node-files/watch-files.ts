import type { NodeFile } from '../../artifacts/artifact.ts';
import type { AlertLimits } from '../../platform/alerts/alerts.ts';
import { isQueueWatched } from '../../platform/alerts/queue.ts';
import { endsAtBalancer } from '../../platform/gateway/balancer.ts';
import type { Node } from '../../platform/nodes/node.ts';
import { places } from '../../platform/nodes/places.ts';
import type { Platform } from '../../platform/platform.ts';
import { template } from '../template.ts';
import { isBackedUp } from './backup-files.ts';

const script = template('node-files/templates/fjord-watch.py.hbs');
const service = template('node-files/templates/fjord-watch.service.hbs');
const timer = template('node-files/templates/fjord-watch.timer.hbs');

/** The program that looks at a node every few minutes, and at the cluster on the first server. */
export function watchFiles(platform: Platform, node: Node, marker: string): NodeFile[] {
  const { alerts } = platform;
  if (alerts === undefined) return [];
  const unit = { kind: 'unit', permissions: '0644' } as const;
  return [
    {
      path: places.watchScript,
      kind: 'script',
      permissions: '0755',
      text: script({
        marker,
        platform: platform.name,
        name: node.name,
        domain: platform.domain,
        balancer: endsAtBalancer(platform.gateway),
        certificates: node.nginx && !endsAtBalancer(platform.gateway),
        proxyProtocol: platform.gateway.trustedProxies?.proxyProtocol ?? false,
        targets: alerts.targets.map(({ name, kind, host, mail }) => ({
          target: name,
          kind,
          host,
          port: mail?.port ?? 443,
          sender: mail?.from ?? '',
          receivers: mail?.recipients.join(' ') ?? '',
        })),
        proxy: node.proxy !== undefined,
        switch: alerts.deadMansSwitch ?? '',
        limits: limitsOf(alerts.limits),
        isServer: node.role === 'server',
        nginx: node.nginx,
        first: node.first,
        backups: isBackedUp(platform, node),
        queue: node.first && isQueueWatched(platform),
      }),
    },
    { ...unit, path: places.watchService, text: service({ marker }) },
    { ...unit, path: places.watchTimer, text: timer({ marker, every: alerts.every }) },
  ];
}

/** Each as Python writes an entry of a dict. */
function limitsOf(limits: AlertLimits): string {
  return Object.entries(limits)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `"${name}": ${value}`)
    .join(', ');
}
