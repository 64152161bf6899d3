import type { PlatformConfig } from '../../config/platform-config.ts';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { report } from '../../diagnostics/report.ts';
import type { Gateway } from '../gateway/gateway.ts';
import { sortedEntries } from '../sorted-entries.ts';
import { diagnoseCallbacks } from './callbacks.ts';
import { diagnoseCalls, diagnoseForwarding } from './calls.ts';
import { diagnoseCommand, diagnoseEnvironment } from './environment.ts';
import { type PlatformFunction, resolveFunction } from './function.ts';
import { diagnoseFunction } from './function-limits.ts';
import { diagnoseMetadata } from './metadata.ts';
import { diagnoseReplicas, type ReplicasContext } from './replicas.ts';

/** The most functions of the community edition. Source: faas-netes 0.18.17, `pkg/handlers/replica_reader.go`. */
const communityFunctions = 15;

/** Resolves the functions, and reports what the edition would not run as written. */
export function resolveFunctions(
  config: PlatformConfig,
  gateway: Gateway,
): readonly [PlatformFunction[], Diagnostic[]] {
  const diagnostics: Diagnostic[] = [];
  const entries = sortedEntries(config.functions);
  const context: ReplicasContext = {
    edition: config.openfaas?.edition ?? 'community',
    autoscaling: config.openfaas?.autoscaling ?? true,
  };
  if (context.edition === 'community' && entries.length > communityFunctions) {
    const params = { count: entries.length, limit: communityFunctions };
    diagnostics.push(report('resolve/too-many-functions', ['functions'], params, { at: 'key' }));
  }
  const functions = entries.map(([name, written]) => {
    const fn = resolveFunction(name, written, gateway, config);
    diagnostics.push(
      ...diagnoseReplicas(fn, written.replicas, context),
      ...diagnoseFunction(fn, written, config),
      ...diagnoseEnvironment(name, written),
      ...diagnoseCommand(name, written),
      ...diagnoseMetadata(name, written, context.edition),
      ...diagnoseCallbacks(name, config),
      ...diagnoseCalls(name, written.calls ?? [], config),
    );
    return fn;
  });
  if (context.edition === 'community') diagnostics.push(...diagnoseForwarding(config));
  return [functions, diagnostics];
}
