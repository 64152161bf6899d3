import type { Delivery } from './delivery.ts';
import type { Gateway } from './gateway.ts';
import type { K3s } from './k3s.ts';
import type { Logs } from './logs.ts';
import type { Node } from './node.ts';
import type { OpenFaas } from './openfaas.ts';
import type { PlatformFunction } from './platform-function.ts';
import type { Timeouts } from './timeouts.ts';

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
  readonly logs: Logs;
}
