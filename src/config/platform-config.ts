import type { AlertsConfig } from './alerts/alerts.ts';
import type { BackupsConfig } from './backups/backups.ts';
import type { CostConfig } from './cost/cost.ts';
import type { DeliveryConfig, DeliveryMode } from './delivery/delivery.ts';
import type { AdjustmentConfig } from './diagnostics/adjustment.ts';
import type { FunctionConfig } from './functions/function.ts';
import type { GatewayConfig } from './gateway/gateway.ts';
import type { K3sConfig } from './k3s/k3s.ts';
import type { KernelConfig } from './kernel/kernel.ts';
import type { LogsConfig } from './logs/logs.ts';
import type { MaintenanceConfig } from './maintenance/maintenance.ts';
import type { NodeConfig } from './nodes/node.ts';
import type { OpenFaasConfig } from './openfaas/openfaas.ts';
import type { SovereigntyConfig } from './sovereignty/sovereignty.ts';
import type { DnsLabel, DomainName } from './units.ts';

/**
 * A whole platform. The smallest useful one is a domain, one node and one function; everything else has a
 * default that is right for a small production machine.
 */
export interface PlatformConfig {
  /**
   * A short name for the platform, used in file headers and labels.
   *
   * @default the first label of `domain`
   */
  name?: DnsLabel;

  /**
   * The name that callers use, without scheme or path. Its A record (and AAAA, if the node has IPv6) must point
   * at the nodes before a certificate can be issued.
   */
  domain: DomainName;

  /**
   * The machines, by host name. One is enough; with several, each needs a `role`.
   *
   * @minProperties 1
   * @maxProperties 12
   * @examples [{ "oslo-1": { "provider": "coolvds" } }]
   */
  nodes: Record<DnsLabel, NodeConfig>;

  /** Kernel settings of every node. */
  kernel?: KernelConfig;

  /** The Kubernetes distribution on the nodes. */
  k3s?: K3sConfig;

  /** The functions runtime. */
  openfaas?: OpenFaasConfig;

  /**
   * The functions, by name. The name is the path below `/function/`, the Deployment and the Service.
   *
   * @minProperties 1
   * @examples [{ "figlet": { "image": "ghcr.io/openfaas/figlet:0.3.0" } }]
   */
  functions: Record<DnsLabel, FunctionConfig>;

  /** nginx in front: TLS, limits, buffers. */
  gateway?: GatewayConfig;

  /** How much of each node's disk logs may take. */
  logs?: LogsConfig;

  /** Encrypted copies of what the first server cannot get again. Unset, none are made. */
  backups?: BackupsConfig;

  /** People and services that get a message when something is wrong. Unset, nobody does. */
  alerts?: AlertsConfig;

  /** When nodes may reboot and restart K3s by themselves. */
  maintenance?: MaintenanceConfig;

  /** Currencies and further costs of the comparison that `fjord cost` makes. */
  cost?: CostConfig;

  /** Where the data may be, and under whose law. Unset, nothing is checked. */
  sovereignty?: SovereigntyConfig;

  /**
   * How the manifests reach the cluster.
   *
   * @default "embedded"
   */
  delivery?: DeliveryMode | DeliveryConfig;

  /**
   * Changes the severity of single warnings and infos, by code, each with a reason. The summary lists those that are
   * turned off.
   *
   * @examples [{ "resolve/image-latest": { "severity": "off", "reason": "this platform is for trying things out" } }]
   */
  diagnostics?: Record<string, AdjustmentConfig>;
}

/** Returns its argument. It is there so that the editor knows the types of a platform config. */
export function definePlatform(config: PlatformConfig): PlatformConfig {
  return config;
}
