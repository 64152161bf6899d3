import { inherited, own, type Scope } from '../../../nginx/scope.ts';
import { everyDirective, type Finding, finding, type NginxRule } from './nginx-rule.ts';

/** A stranger could ask as often as he likes for an answer that comes before the limits, or from a server without any. */
export const everythingCounted: NginxRule = {
  name: 'everything-counted',
  check: (scopes, { file }) => {
    if (file === 'main') return [];
    const open = scopes.filter(({ name }) => name === 'server').filter((server) => !isLocal(server));
    return open.flatMap((server) => [
      ...own(server, 'return').map((said) => finding('"return" answers before the limits are asked', said)),
      ...scopes.filter(({ name, parent }) => name === 'location' && parent === server).flatMap(uncounted),
    ]);
  },
};

function uncounted(location: Scope): Finding[] {
  const [path = ''] = location.head?.args ?? [];
  // Got to from another location alone, where the limits have been asked.
  if (path.startsWith('@') || own(location, 'internal').length > 0) return [];
  return [
    ...own(location, 'return').map((said) => finding('"return" answers before the limits are asked', said)),
    ...['limit_req', 'limit_conn']
      .filter((limit) => inherited(location, limit).length === 0)
      .map((limit) => finding(`no "${limit}" counts what is asked of this location`, location.head)),
  ];
}

function isLocal(server: Scope): boolean {
  const sockets = own(server, 'listen').map(({ args }) => args[0] ?? '');
  return sockets.every((socket) => /^(127\.0\.0\.1|\[::1\]):/.test(socket));
}

/** What a client sends makes a line of the log as long as it likes, unless it is cut. */
const bounded =
  /^\$(time_iso8601|request_id|remote_addr|server_name|server_protocol|ssl_protocol|status|request_length|body_bytes_sent|request_time|limit_req_status|limit_conn_status)$/;
/** The longest that a part of a line is cut to. */
const longestPart = 240;

export const linesBounded: NginxRule = {
  name: 'lines-bounded',
  check: (scopes) => {
    const maps = everyDirective(scopes, 'map').map(({ directive }) => directive);
    const isCut = (variable: string) => {
      const map = maps.find(({ args }) => args[1] === variable);
      return map?.block?.every((entry) => {
        if (!('directive' in entry)) return true;
        const [value = ''] = entry.args;
        const group = /\{1,(\d+)\}\)\$?$|\[0-9\]\{(\d)\}\)\$$/.exec(entry.directive);
        const isText = !value.startsWith('$') && value.length <= 24;
        return isText || isCutEarlier(value, group?.[1] ?? group?.[2]);
      });
    };
    // A named group of the same entry, of so many plain characters; or a map that is cut itself.
    const isCutEarlier = (value: string, length: string | undefined): boolean =>
      length !== undefined ? Number(length) <= longestPart : (isCut(value) ?? false);
    return [
      ...everyDirective(scopes, 'log_format').flatMap(({ directive }) =>
        [...directive.args.slice(2).join('').matchAll(/\$\w+/g)]
          .filter(([variable]) => !bounded.test(variable) && !isCut(variable))
          .map(([variable]) => finding(`a client makes ${variable} as long as it likes`, directive)),
      ),
      ...everyDirective(scopes, 'access_log')
        .filter(({ directive: { args } }) => args.length > 1 && !args.some((arg) => arg.startsWith('if=$')))
        .map(({ directive }) => finding('each refusal has a line of its own in this log', directive)),
    ];
  },
};
