import type { NodeFile } from '../../artifacts/artifact.ts';
import type { Maintenance } from '../../platform/maintenance/maintenance.ts';
import type { Node } from '../../platform/nodes/node.ts';
import { otherPlaces, places } from '../../platform/nodes/places.ts';
import type { Platform } from '../../platform/platform.ts';
import { template } from '../template.ts';

const maintain = template('node-files/templates/fjord-maintain.sh.hbs');
const service = template('node-files/templates/fjord-maintain.service.hbs');
const timer = template('node-files/templates/fjord-maintain.timer.hbs');
const drain = template('node-files/templates/fjord-drain.sh.hbs');
const drainService = template('node-files/templates/fjord-drain.service.hbs');
const needrestart = template('node-files/templates/needrestart.conf.hbs');

/** Files that have the node renew, reboot and go down without losing calls. */
export function maintenanceFiles(
  { maintenance, timeouts, nodes }: Platform,
  node: Node,
  marker: string,
): NodeFile[] {
  const unit = { kind: 'unit', permissions: '0644' } as const;
  const script = { kind: 'script', permissions: '0755' } as const;
  const nginx = Math.ceil(Math.min(timeouts.nginx, timeouts.stop) / 1000);
  const several = nodes.length > 1;
  const moving = several ? Math.ceil(timeouts.stop / 1000) : 0;
  const view = {
    marker,
    name: node.name,
    several,
    isServer: node.role === 'server',
    joins: node.joins ?? false,
    unit: node.role === 'server' ? 'k3s' : 'k3s-agent',
    kubeconfig: node.role === 'server' ? otherPlaces.kubeconfig : otherPlaces.kubeletKubeconfig,
    nginx: node.nginx,
    reboots: maintenance.reboots,
    calendar: calendarOf(maintenance, node),
    moving,
    stop: moving + (node.nginx ? nginx : 0) + 30,
  };
  return [
    { ...script, path: places.maintainScript, text: maintain(view) },
    { ...unit, path: places.maintainService, text: service(view) },
    { ...unit, path: places.maintainTimer, text: timer(view) },
    { ...script, path: places.drainScript, text: drain(view) },
    { ...unit, path: places.drainService, text: drainService(view) },
    ...(node.os.startsWith('ubuntu')
      ? [
          {
            kind: 'text' as const,
            permissions: '0644' as const,
            path: places.needrestart,
            text: needrestart(view),
          },
        ]
      : []),
  ];
}

/** A node's part of the window as systemd writes it: `Sun *-*-* 02:00:00 UTC`. */
export function calendarOf({ slots }: Maintenance, node: Node): string {
  const slot = slots[node.name];
  if (slot === undefined) throw new Error(`no part of the window for ${node.name}`);
  const { days, time } = slot;
  const short = days.map((day) => day.charAt(0).toUpperCase() + day.slice(1, 3));
  return `${short.join(',')} *-*-* ${time}:00 UTC`;
}
