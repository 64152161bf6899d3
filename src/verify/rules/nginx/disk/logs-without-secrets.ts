import { report } from '../../../../diagnostics/report.ts';
import { at, confsOf, everyDirective } from '../../../nginx/conf.ts';
import type { Rule } from '../../rule.ts';

/** What of a request may be in a log: nothing by which somebody could speak for the client. */
const loggable =
  /^(time_iso8601|request_id|remote_addr|server_name|server_protocol|ssl_protocol|status|request_length|body_bytes_sent|request_time|limit_req_status|limit_conn_status|openfaas_\w+)$/;

/** A log holds no password, cookie or query. */
export const logsWithoutSecrets: Rule = {
  name: 'logs-without-secrets',
  harm: 'secrets',
  loss: "Whoever reads nginx's log could read clients' passwords, cookies or tokens.",
  check: (dist) =>
    confsOf(dist).flatMap((conf) =>
      everyDirective(conf.scopes, 'log_format').flatMap(({ directive }) =>
        directive.args
          .flatMap((text) => [...text.matchAll(/\$\{?(\w+)/g)].flatMap(([, name = '']) => name))
          .filter((name) => !loggable.test(name))
          .map((name) =>
            report('verify/log-holds-secret', [], { variable: `$${name}` }, at(conf, directive)),
          ),
      ),
    ),
};
