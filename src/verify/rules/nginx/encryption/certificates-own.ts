import { report } from '../../../../diagnostics/report.ts';
import { own } from '../../../../nginx/scope.ts';
import { certificateKeyOf, certificateOf } from '../../../../platform/nodes/places.ts';
import { at, clientConfsOf, everyDirective } from '../../../nginx/conf.ts';
import type { Rule } from '../../rule.ts';

/** A server shows the certificate of its own name, with the key of that one. */
export const certificatesOwn: Rule = {
  name: 'certificates-own',
  harm: 'reachability',
  loss: 'Clients would refuse the certificate, or nginx a key that does not fit it.',
  check: (dist) =>
    clientConfsOf(dist).flatMap((conf) =>
      everyDirective(conf.scopes, 'ssl_certificate').flatMap(({ directive, scope }) => {
        const name = own(scope, 'server_name')[0]?.args[0] ?? '';
        const [key] = own(scope, 'ssl_certificate_key');
        const wrong = [
          [directive.args[0], certificateOf(name)],
          [key?.args[0], certificateKeyOf(name)],
        ].find(([file, own]) => file !== own);
        if (wrong === undefined) return [];
        const params = { name, file: wrong[0] ?? 'no key' };
        return [report('verify/certificate-not-own', [], params, at(conf, directive))];
      }),
    ),
};
