import type { PlatformConfig } from '../config/platform-config.ts';
import type { Diagnostic, Outcome } from '../diagnostics/diagnostic.ts';
import { hasErrors } from '../diagnostics/diagnostic.ts';
import { checkChallenges } from './check-challenges.ts';
import { checkExposure } from './check-exposure.ts';
import { checkFunctionHttp } from './check-function-http.ts';
import { checkRegistries } from './check-registries.ts';
import type { Platform } from './platform.ts';
import { resolveDelivery } from './resolve-delivery.ts';
import { checkDirect } from './resolve-direct.ts';
import { resolveFunctions } from './resolve-functions.ts';
import { resolveGateway } from './resolve-gateway.ts';
import { resolveK3s } from './resolve-k3s.ts';
import { checkLogs, resolveLogs } from './resolve-logs.ts';
import { resolveNodes } from './resolve-nodes.ts';
import { resolveOpenFaas } from './resolve-openfaas.ts';
import { checkSovereignty } from './resolve-sovereignty.ts';
import { resolveTimeouts } from './resolve-timeouts.ts';

/** Turns a checked config into a platform, or says everything that does not fit together. */
export function resolve(config: PlatformConfig): Outcome<Platform> {
  const diagnostics: Diagnostic[] = [];
  const collect = <T>([value, problems]: readonly [T, readonly Diagnostic[]]): T => {
    diagnostics.push(...problems);
    return value;
  };

  const nodes = collect(resolveNodes(config));
  const gateway = collect(resolveGateway(config, nodes));
  const functions = collect(resolveFunctions(config, gateway));
  const platform: Platform = {
    name: config.name ?? config.domain.split('.', 1).join(),
    domain: config.domain,
    nodes,
    k3s: collect(resolveK3s(config)),
    openfaas: collect(resolveOpenFaas(config)),
    timeouts: collect(resolveTimeouts(config, functions)),
    functions,
    gateway,
    delivery: collect(resolveDelivery(config)),
    logs: collect(resolveLogs(config, gateway.workers)),
  };
  collect([undefined, checkLogs(platform)]);
  collect([undefined, checkDirect(functions, config, platform.openfaas.address)]);
  collect([undefined, checkFunctionHttp(config)]);
  collect([undefined, checkExposure(config)]);
  collect([undefined, checkChallenges(platform)]);
  collect([undefined, checkRegistries(platform, config)]);
  collect([undefined, checkSovereignty(config)]);

  return [hasErrors(diagnostics) ? undefined : deepFreeze(platform), diagnostics];
}

function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const part of Object.values(value)) deepFreeze(part);
  }
  return value;
}
