import { comment, directive, type Statement } from '../nginx/directive.ts';
import type { Platform } from '../platform/platform.ts';
import { formatDuration } from '../units/duration.ts';
import { formatSize } from '../units/size.ts';

/** The largest body that nginx holds in memory before it passes it on; larger ones are streamed. */
export const bufferedBody = 1024 * 1024;

/** A little more than the largest buffered body: at exactly its size, nginx writes a chunked one to disk. */
const bodyBuffer = bufferedBody + 8 * 1024;

/** What every location inherits. None may set a header of its own, or it would lose all of these. */
export function proxySettings({ gateway, timeouts }: Platform): Statement[] {
  const { buffers } = gateway;
  const wait = formatDuration(timeouts.nginx);
  return [
    ...bodySettings(gateway.maxBody),
    directive('client_body_buffer_size', formatSize(bodyBuffer)),
    directive('proxy_http_version', '1.1'),
    directive('proxy_set_header', 'Host', '$host'),
    directive('proxy_set_header', 'Connection', ''),
    directive('proxy_set_header', 'X-Real-IP', '$remote_addr'),
    comment('Overwritten, not appended to: nothing that a client says of itself gets through.'),
    directive('proxy_set_header', 'X-Forwarded-For', '$remote_addr'),
    directive('proxy_set_header', 'X-Forwarded-Host', '$host'),
    directive('proxy_set_header', 'X-Forwarded-Proto', '$scheme'),
    directive('proxy_set_header', 'X-Forwarded-Port', '$server_port'),
    directive('proxy_set_header', 'Forwarded', ''),
    directive('proxy_set_header', 'Proxy', ''),
    directive('proxy_set_header', 'X-Callback-Url', ''),
    comment("One id in nginx's log, the gateway's and the function."),
    directive('proxy_set_header', 'X-Call-Id', '$request_id'),
    directive('proxy_connect_timeout', '3s'),
    directive('proxy_send_timeout', wait),
    directive('proxy_read_timeout', wait),
    comment('Tried again only where a kept connection had just been closed, and never a POST.'),
    directive('proxy_next_upstream', 'error'),
    directive('proxy_redirect', 'off'),
    directive('proxy_buffer_size', formatSize(buffers.header)),
    directive('proxy_buffers', String(buffers.count), formatSize(buffers.size)),
    directive('proxy_busy_buffers_size', formatSize(Math.max(buffers.header, buffers.size))),
    comment('An answer waits for its client; it is not written to disk.'),
    directive('proxy_max_temp_file_size', '0'),
  ];
}

/** A body is held in memory whole, or passed on as it arrives; never written to disk. */
export function bodySettings(maxBody: number): Statement[] {
  return [
    directive('client_max_body_size', formatSize(maxBody)),
    directive('proxy_request_buffering', maxBody > bufferedBody ? 'off' : 'on'),
  ];
}
