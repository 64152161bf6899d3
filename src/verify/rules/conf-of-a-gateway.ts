import { report } from '../../diagnostics/report.ts';
import { nginxHouseRules } from '../nginx-house-rules.ts';
import { checkNginxRules } from '../nginx-rules.ts';
import type { Rule } from './index.ts';

/** The oldest that there is: these rules ask for nothing that came later. */
const anyNginx = { nginx: '1.22.1', openssl: '3.0' };

/** nginx does for strangers, clients and what is behind it what a gateway of ours does. */
export const confOfAGateway: Rule = ({ nginx }) =>
  nginx.flatMap(({ path, statements }) => {
    const file = path.endsWith('nginx.conf') ? 'main' : 'http';
    return checkNginxRules(statements, { file, ...anyNginx }, nginxHouseRules).map(
      ({ rule, message, line }) =>
        report(
          'verify/gateway-otherwise',
          [],
          { rule, message },
          { artifact: { path, ...(line && { line }) } },
        ),
    );
  });
