import type { RateLimitConfig } from '../../config/gateway/gateway.ts';
import type { ConfigPath, Diagnostic } from '../../diagnostics/diagnostic.ts';
import { report } from '../../diagnostics/report.ts';

/** How often one client may call. */
export interface RateLimit {
  /** As nginx reads it: `10r/s`. */
  readonly rate: string;
  readonly burst: number;
  /** From which request of the burst on they wait; `burst` when none does. */
  readonly delay: number;
  /** Whole seconds after which the next request is let through. */
  readonly retryAfter: number;
}

export function resolveRateLimit({ rate = '10r/s', burst = 20, delay = burst }: RateLimitConfig): RateLimit {
  const perSecond = Number.parseInt(rate, 10) / (rate.endsWith('m') ? 60 : 1);
  return { rate, burst, delay, retryAfter: Math.max(1, Math.ceil(1 / perSecond)) };
}

export function diagnoseRateLimit(written: RateLimitConfig | undefined, path: ConfigPath): Diagnostic[] {
  const { burst, delay } = resolveRateLimit(written ?? {});
  if (delay <= burst) return [];
  return [report('resolve/delay-over-burst', [...path, 'delay'], { delay, burst })];
}
