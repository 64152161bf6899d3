import type { Diagnostic } from '../../../../diagnostics/diagnostic.ts';
import { report } from '../../../../diagnostics/report.ts';
import { isDirective } from '../../../../nginx/directive.ts';
import { inherited, own, type Scope, setting } from '../../../../nginx/scope.ts';
import {
  at,
  blocksOf,
  clientConfsOf,
  everyDirective,
  type NginxConf,
  titleOfBlock,
} from '../../../nginx/conf.ts';
import { mapOf, mapValue } from '../../../nginx/map-value.ts';
import type { Rule } from '../../rule.ts';

/** A line of a log has a length that no client chooses, and a flood of refusals has few of them. */
export const logsBounded: Rule = {
  name: 'logs-bounded',
  harm: 'lost calls',
  loss: "A flood of long or refused requests would fill a node's disk, or push all else out of its logs.",
  check: (dist) =>
    clientConfsOf(dist).flatMap((conf) => [
      ...longLines(conf),
      ...blocksOf(conf.scopes, 'server').flatMap((server) => unsampled(server, conf)),
      ...conf.scopes.flatMap((scope) => errorLines(scope, conf)),
    ]),
};

/** What has a length of its own. All else that a client sends makes a line as long as it likes, unless it is cut. */
const bounded =
  /^\$(time_iso8601|request_id|remote_addr|server_name|server_protocol|ssl_protocol|status|request_length|body_bytes_sent|request_time|limit_req_status|limit_conn_status)$/;
/** The longest that a part of a line is cut to. */
const longestPart = 240;

function longLines(conf: NginxConf): Diagnostic[] {
  return everyDirective(conf.scopes, 'log_format').flatMap(({ directive }) =>
    [...directive.args.slice(2).join('').matchAll(/\$\w+/g)]
      .filter(([variable]) => !bounded.test(variable) && !isCut(conf.scopes, variable))
      .map(([variable]) => report('verify/log-line-unbounded', [], { variable }, at(conf, directive))),
  );
}

/** Whether a map gives short texts alone: of its own, or a named group of so many plain characters. */
function isCut(scopes: readonly Scope[], variable: string): boolean {
  return (
    mapOf(scopes, variable)?.head?.block?.every((entry) => {
      if (!isDirective(entry)) return true;
      const [value = ''] = entry.args;
      if (!value.startsWith('$')) return value.length <= 24;
      const group = /\{1,(\d+)\}\)\$?$|\[0-9\]\{(\d)\}\)\$$/.exec(entry.directive);
      return group === null ? isCut(scopes, value) : Number(group[1] ?? group[2]) <= longestPart;
    }) ?? false
  );
}

/** Without a log of its own a server writes a line for each request into that of nginx.conf. */
function unsampled(server: Scope, conf: NginxConf): Diagnostic[] {
  const logs = inherited(server, 'access_log');
  const isSampled = logs.every(
    ({ args }) =>
      args[0] === 'off' ||
      args.some((arg) => arg.startsWith('if=$') && knowsRefusals(conf.scopes, arg.slice('if='.length))),
  );
  const params = { place: titleOfBlock(server), log: 'access_log' };
  return logs.length > 0 && isSampled
    ? []
    : [report('verify/refusals-logged', [], params, at(conf, logs[0] ?? server.head))];
}

/** With what nginx refuses requests that are invalid or over a limit: the first of each kind, and the last. */
const refusals = ['400', '429', '499', '503'];

/** Whether it is said of each refusal how many of them are logged, and not left to what holds for all other answers. */
function knowsRefusals(scopes: readonly Scope[], variable: string): boolean {
  const map = mapOf(scopes, variable);
  const source = map?.head?.args[0];
  if (map !== undefined && source === '$upstream_status') {
    const next = mapValue(map, '') ?? '';
    return !next.startsWith('$') || knowsRefusals(scopes, next);
  }
  if (map === undefined || source !== '$status') return map !== undefined;
  const said = { ...map, directives: map.directives.filter(({ directive }) => directive !== 'default') };
  return refusals.every((status) => mapValue(said, status) !== '');
}

const levels = ['debug', 'info', 'notice', 'warn', 'error'];

/** A refusal is logged at `error` unless a directive says otherwise. nginx.conf logs from `warn` on, or less. */
function errorLines(scope: Scope, conf: NginxConf): Diagnostic[] {
  const least = inherited(scope, 'error_log')[0]?.args.at(-1) ?? 'warn';
  return ['limit_req', 'limit_conn'].flatMap((limit) => {
    const [directive] = own(scope, limit);
    const isQuiet = levels.indexOf(setting(scope, `${limit}_log_level`, 'error')) < levels.indexOf(least);
    if (directive === undefined || isQuiet) return [];
    const params = { place: titleOfBlock(scope), log: 'error_log' };
    return [report('verify/refusals-logged', [], params, at(conf, directive))];
  });
}
