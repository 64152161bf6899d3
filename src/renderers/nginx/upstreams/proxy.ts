import { comment, directive, type Statement } from '../../../nginx/directive.ts';
import type { PlatformFunction } from '../../../platform/functions/function.ts';
import { bodyWindow, isHeldWhole } from '../../../platform/gateway/memory.ts';
import type { Platform } from '../../../platform/platform.ts';
import { formatDuration, formatSize } from '../../../units/amounts.ts';
import { proxyHeaders } from '../headers.ts';

/** Settings that every location of a server inherits. */
export function proxySettings(platform: Platform): Statement[] {
  const { gateway, timeouts } = platform;
  const { buffers } = gateway;
  return [
    ...bodySettings(platform, gateway.maxBody),
    directive('proxy_http_version', '1.1'),
    ...proxyHeaders(platform),
    directive('proxy_connect_timeout', '3s'),
    ...waitSettings(timeouts.nginx),
    comment('Retries only if a kept connection had just been closed, and never a POST.'),
    directive('proxy_next_upstream', 'error'),
    directive('proxy_redirect', 'off'),
    directive('proxy_buffer_size', formatSize(buffers.header)),
    directive('proxy_buffers', String(buffers.count), formatSize(buffers.size)),
    directive('proxy_busy_buffers_size', formatSize(Math.max(buffers.header, buffers.size))),
    comment('Answers wait for slow clients in memory, not on disk.'),
    directive('proxy_max_temp_file_size', '0'),
  ];
}

/** Keeps a body in memory or passes it on as it arrives. It is never written to disk. */
export function bodySettings({ gateway: { buffers } }: Platform, maxBody: number): Statement[] {
  return [
    directive('client_max_body_size', formatSize(maxBody)),
    directive('proxy_request_buffering', isHeldWhole(maxBody, buffers.body) ? 'on' : 'off'),
    directive('client_body_buffer_size', formatSize(bodyWindow(maxBody, buffers.body))),
  ];
}

/** Timeouts for each step of a call. */
export function waitSettings(milliseconds: number): Statement[] {
  const wait = formatDuration(milliseconds);
  return [directive('proxy_send_timeout', wait), directive('proxy_read_timeout', wait)];
}

/** nginx's timeout for a function, in milliseconds: its own timeout plus the margin that the longest function gets. */
export function waitOf({ timeouts }: Platform, { timeout }: PlatformFunction): number {
  return timeout + timeouts.nginx - timeouts.upstream;
}
