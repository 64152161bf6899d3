import type { PlatformConfig } from '../../config/platform-config.ts';
import type { ConfigPath, Diagnostic } from '../../diagnostics/diagnostic.ts';
import { report } from '../../diagnostics/report.ts';
import { communityReplicas } from '../functions/function.ts';
import type { Platform } from '../platform.ts';
import { type Ceiling, ceilingsOf } from './ceilings.ts';
import { demandsOf } from './demand.ts';

/** Reports traffic that the platform cannot carry. What is not known is not reported. */
export function diagnoseLoad(platform: Platform, config: PlatformConfig): Diagnostic[] {
  return ceilingsOf(platform)
    .filter(({ times, known }) => known && times < 1)
    .map((ceiling) => diagnoseCeiling(ceiling, platform, config));
}

function diagnoseCeiling(ceiling: Ceiling, platform: Platform, config: PlatformConfig): Diagnostic {
  const { kind, asked, limit } = ceiling;
  const name = ceiling.name ?? largest(platform, kind);
  const fn = platform.functions.find((each) => each.name === name);
  const amounts = { name, asked, limit };
  const path = peakPath(config, name);
  switch (kind) {
    case 'copies': {
      const copies = limit / (fn?.concurrency ?? 1);
      const max = fn?.replicas.max ?? copies;
      const isMost = platform.openfaas.edition === 'community' && max >= communityReplicas;
      const params = { ...amounts, copies, max, isMost };
      return report('resolve/traffic-over-copies', path, params);
    }
    case 'copy-processors':
      return report('resolve/traffic-over-copy-processors', path, amounts);
    case 'processors':
      return report('resolve/traffic-over-processors', path, amounts);
    case 'gateway':
      return report('resolve/traffic-over-gateway', path, amounts);
    case 'client-rate': {
      const key = fn?.http.rateLimit === undefined ? 'gateway.rateLimit' : `functions.${name}.http.rateLimit`;
      return report('resolve/traffic-over-rate-limit', path, { ...amounts, key });
    }
    case 'client-connections':
      return report('resolve/traffic-over-connections', path, amounts);
  }
}

/** Of what all share: the function that asks for most of it. */
function largest(platform: Platform, kind: Ceiling['kind']): string {
  const asks = (demand: ReturnType<typeof demandsOf>[number]) =>
    kind === 'gateway' ? demand.underWay : demand.processors;
  const [most] = demandsOf(platform)
    .filter(({ fn }) => kind !== 'gateway' || fn.exposed)
    .sort((a, b) => asks(b) - asks(a));
  return most?.fn.name ?? '';
}

/** Where the rate is written. */
function peakPath(config: PlatformConfig, name: string): ConfigPath {
  const key = config.functions[name]?.traffic?.peak === undefined ? 'calls' : 'peak';
  return ['functions', name, 'traffic', key];
}
