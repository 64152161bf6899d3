import type { PlatformConfig } from '../config/platform-config.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { report } from '../diagnostics/report.ts';
import { parseSize } from '../units/size.ts';
import type { Gateway } from './gateway.ts';

/** nginx's settings with their defaults. */
export function resolveGateway(config: PlatformConfig): readonly [Gateway, Diagnostic[]] {
  const { tls, rateLimit, connectionLimit, maxBody, buffers } = config.gateway ?? {};
  const count = buffers?.count ?? 8;
  const size = parseSize(buffers?.size ?? '16k');
  const header = parseSize(buffers?.header ?? '32k');
  const gateway: Gateway = {
    tls: { staging: tls?.issuer === 'letsencrypt-staging', email: tls?.email },
    rateLimit: { rate: rateLimit?.rate ?? '10r/s', burst: rateLimit?.burst ?? 20 },
    connectionLimit: connectionLimit ?? 100,
    maxBody: parseSize(maxBody ?? '1m'),
    buffers: { count, size, header },
  };

  // nginx refuses to start otherwise: busy buffers hold at least one of each kind and leave one free.
  const diagnostics: Diagnostic[] = [];
  if (Math.max(size, header) > (count - 1) * size) {
    diagnostics.push(
      report('resolve/buffers-too-few', ['gateway', 'buffers'], {
        count,
        size: buffers?.size ?? '16k',
        header: buffers?.header ?? '32k',
        enough: Math.ceil(Math.max(size, header) / size) + 1,
      }),
    );
  }
  return [gateway, diagnostics];
}
