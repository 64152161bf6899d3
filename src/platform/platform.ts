import type { PlaceRecord, SovereigntyRecord } from '../artifacts/sovereignty.ts';
import type { Alerts } from './alerts/alerts.ts';
import type { Backups } from './backups/backups.ts';
import type { Cost } from './cost/cost.ts';
import type { Delivery } from './delivery/delivery.ts';
import type { OwnManifestObject } from './delivery/manifests/resolve.ts';
import type { PlatformFunction } from './functions/function.ts';
import type { Gateway } from './gateway/gateway.ts';
import type { K3s } from './k3s/k3s.ts';
import type { Logs } from './logs/logs.ts';
import type { Maintenance } from './maintenance/maintenance.ts';
import type { Node } from './nodes/node.ts';
import type { OpenFaas } from './openfaas/openfaas.ts';
import type { Timeouts } from './openfaas/timeouts.ts';

/** A config with every default filled in, every derived value worked out and every cross-rule checked. Frozen. */
export interface Platform {
  readonly name: string;
  readonly domain: string;
  /** By name. */
  readonly nodes: readonly Node[];
  readonly k3s: K3s;
  readonly openfaas: OpenFaas;
  readonly timeouts: Timeouts;
  /** By name. */
  readonly functions: readonly PlatformFunction[];
  readonly gateway: Gateway;
  readonly delivery: Delivery;
  /** Kubernetes objects of the user's own, in the order in which they are applied. */
  readonly manifests: readonly OwnManifestObject[];
  readonly logs: Logs;
  /** Undefined where none are made. */
  readonly backups: Backups | undefined;
  /** Undefined where none are sent. */
  readonly alerts: Alerts | undefined;
  readonly maintenance: Maintenance;
  /** Undefined where data may be anywhere. */
  readonly sovereignty: SovereigntyRecord | undefined;
  /** What the config says of places, by the name of the flow that leads there: `nodes/oslo-1`. */
  readonly places: Readonly<Record<string, PlaceRecord>>;
  readonly cost: Cost;
}
