import type { Diagnostic } from '../../../../diagnostics/diagnostic.ts';
import { report } from '../../../../diagnostics/report.ts';
import { setting } from '../../../../nginx/scope.ts';
import { at, clientConfsOf, confsOf, type NginxConf, proxying } from '../../../nginx/conf.ts';
import { bytesOf } from '../../../nginx/value.ts';
import type { Rule } from '../../rule.ts';

/** What is called and answered is held in memory whole or passed on as it arrives; else nginx writes it to a file. */
export const nothingOnDisk: Rule = {
  name: 'nothing-on-disk',
  harm: 'lost calls',
  loss: "Clients could fill a node's disk, and what they send would lie there.",
  check: (dist) => [...confsOf(dist).flatMap(bodies), ...clientConfsOf(dist).flatMap(answers)],
};

function bodies(conf: NginxConf): Diagnostic[] {
  return proxying(conf.scopes).flatMap((scope) => {
    if (setting(scope, 'proxy_request_buffering', 'on') === 'off') return [];
    // 8k is two pages of x86-64. A body of exactly the buffer's size can still be written, so it must be larger.
    const buffer = setting(scope, 'client_body_buffer_size', '8k');
    const limit = setting(scope, 'client_max_body_size', '1m');
    if (bytesOf(limit) > 0 && bytesOf(buffer) > bytesOf(limit)) return [];
    const params = { what: 'bodies', size: bytesOf(limit) === 0 ? 'any size' : `up to ${limit}` };
    return [report('verify/written-to-disk', [], params, at(conf, scope.head))];
  });
}

function answers(conf: NginxConf): Diagnostic[] {
  return proxying(conf.scopes).flatMap((scope) => {
    const most = setting(scope, 'proxy_max_temp_file_size', '1024m');
    if (setting(scope, 'proxy_buffering', 'on') === 'off' || bytesOf(most) === 0) return [];
    const params = { what: 'answers', size: `up to ${most}` };
    return [report('verify/written-to-disk', [], params, at(conf, scope.head))];
  });
}
