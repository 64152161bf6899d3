import type { Diagnostic } from '../../../../diagnostics/diagnostic.ts';
import { report } from '../../../../diagnostics/report.ts';
import { enclosing, own, type Scope } from '../../../../nginx/scope.ts';
import { at, clientConfsOf, everyDirective, type NginxConf } from '../../../nginx/conf.ts';
import { mapOf } from '../../../nginx/map-value.ts';
import type { Rule } from '../../rule.ts';

/** Where clients need a certificate, the server asks them for one: by itself a client shows none. */
export const certificatesWanted: Rule = {
  name: 'certificates-wanted',
  harm: 'reachability',
  loss: 'Clients that have the right certificate would be refused.',
  check: (dist) => clientConfsOf(dist).flatMap(neverAsked),
};

function neverAsked(conf: NginxConf): Diagnostic[] {
  return everyDirective(conf.scopes, 'auth_basic')
    .filter(({ directive: { args } }) => isByCertificate(conf.scopes, args[0] ?? ''))
    .flatMap(({ directive, scope }) => {
      const server = enclosing(scope, 'server');
      const missing = ['ssl_verify_client', 'ssl_client_certificate'].find(
        (name) => server === undefined || own(server, name).length === 0,
      );
      return missing === undefined
        ? []
        : [report('verify/certificate-never-asked', [], { missing }, at(conf, directive))];
    });
}

function isByCertificate(scopes: readonly Scope[], variable: string): boolean {
  return mapOf(scopes, variable)?.head?.args[0] === '$ssl_client_verify';
}
