import type { PlatformConfig } from '../config/platform-config.ts';
import type { Diagnostic, Outcome } from '../diagnostics/diagnostic.ts';
import { hasErrors } from '../diagnostics/diagnostic.ts';
import { resolveAlerts } from './alerts/resolve.ts';
import { resolveBackups } from './backups/resolve.ts';
import { diagnoseRoomForCopies } from './backups/room.ts';
import { resolveCost } from './cost/cost.ts';
import { resolveDelivery } from './delivery/delivery.ts';
import { resolveManifests } from './delivery/manifests/resolve.ts';
import { diagnoseDirect } from './functions/direct.ts';
import { resolveFunctions } from './functions/functions.ts';
import { diagnoseFunctionHttp } from './functions/http.ts';
import { diagnoseChallenges } from './gateway/challenges.ts';
import { diagnoseExposure } from './gateway/exposure.ts';
import { diagnoseProxyProtocol } from './gateway/proxy-protocol.ts';
import { resolveGateway } from './gateway/resolve.ts';
import { diagnoseOwnImageNames } from './k3s/image-names.ts';
import { resolveK3s } from './k3s/resolve.ts';
import { diagnoseLoad } from './load/diagnose.ts';
import { diagnoseLogs, resolveLogs } from './logs/resolve.ts';
import { resolveMaintenance } from './maintenance/maintenance.ts';
import { diagnoseCapacity } from './nodes/capacity/diagnose.ts';
import { resolveNodes } from './nodes/nodes.ts';
import { diagnoseProxies } from './nodes/proxy/diagnose.ts';
import { resolveOpenFaas } from './openfaas/resolve.ts';
import { resolveTimeouts } from './openfaas/resolve-timeouts.ts';
import type { Platform } from './platform.ts';
import { diagnoseSovereignty } from './sovereignty/owners.ts';
import { diagnoseRegistries } from './sovereignty/registries.ts';
import { resolvePlaces, resolveSovereignty } from './sovereignty/sovereignty.ts';

/** Turns a checked config into a platform, or reports everything in it that does not fit together. */
export function resolve(config: PlatformConfig): Outcome<Platform> {
  const diagnostics: Diagnostic[] = [];
  const collect = <T>([value, problems]: readonly [T, readonly Diagnostic[]]): T => {
    diagnostics.push(...problems);
    return value;
  };

  const nodes = collect(resolveNodes(config));
  const gateway = collect(resolveGateway(config, nodes));
  const functions = collect(resolveFunctions(config, gateway));
  const timeouts = collect(resolveTimeouts(config, functions));
  const k3s = collect(resolveK3s(config));
  const platform: Platform = {
    name: config.name ?? config.domain.split('.', 1).join(),
    domain: config.domain,
    nodes,
    k3s,
    openfaas: collect(resolveOpenFaas(config)),
    timeouts,
    functions,
    gateway,
    delivery: collect(resolveDelivery(config)),
    manifests: collect(resolveManifests(config, k3s.minor)),
    logs: collect(resolveLogs(config, gateway.workers)),
    backups: collect(resolveBackups(config)),
    alerts: collect(resolveAlerts(config)),
    maintenance: collect(resolveMaintenance(config, nodes, timeouts)),
    sovereignty: resolveSovereignty(config),
    places: resolvePlaces(config),
    cost: collect(resolveCost(config, nodes)),
  };
  diagnostics.push(
    ...diagnoseLogs(platform, config),
    ...diagnoseRoomForCopies(platform),
    ...diagnoseDirect(functions, config, platform.openfaas.address),
    ...diagnoseFunctionHttp(config),
    ...diagnoseExposure(config),
    ...diagnoseChallenges(platform, config),
    ...diagnoseProxyProtocol(platform, config),
    ...diagnoseProxies(platform, config),
    ...diagnoseOwnImageNames(platform, config),
    ...diagnoseRegistries(platform, config),
    ...diagnoseSovereignty(config),
  );

  const found = addCapacity(diagnostics, () => {
    const capacity = diagnoseCapacity(platform, config);
    return hasErrors(capacity) ? capacity : [...capacity, ...diagnoseLoad(platform, config)];
  });
  return [hasErrors(found) ? undefined : deepFreeze(platform), found];
}

/**
 * Adds what does not fit on the nodes, unless something else is wrong, because that could be the reason. A node that is
 * too small for nginx is often too small for everything: then only the larger number is reported.
 */
function addCapacity(
  diagnostics: readonly Diagnostic[],
  check: () => readonly Diagnostic[],
): readonly Diagnostic[] {
  const isSmallNode = ({ code, path }: Diagnostic) =>
    code === 'resolve/gateway-over-memory' && path[0] === 'nodes';
  const others = diagnostics.filter((diagnostic) => !isSmallNode(diagnostic));
  if (hasErrors(others)) return diagnostics;
  const capacity = check();
  return [...(hasErrors(capacity) ? others : diagnostics), ...capacity];
}

function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const part of Object.values(value)) deepFreeze(part);
  }
  return value;
}
