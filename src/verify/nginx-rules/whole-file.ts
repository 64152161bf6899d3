import { setting } from '../../nginx/scope.ts';
import { everyDirective, finding, heading, type NginxRule } from './nginx-rule.ts';

/** Each connection of a client has one to the upstream. */
export const descriptorsSuffice: NginxRule = {
  name: 'descriptors-suffice',
  check: (scopes) =>
    everyDirective(scopes, 'worker_connections').flatMap(({ directive, scope }) => {
      const files = Number(setting(scope, 'worker_rlimit_nofile', '1024'));
      if (files >= 2 * Number(directive.args[0])) return [];
      return [
        finding(
          `${heading(directive)}: worker_rlimit_nofile is ${files}, less than twice as many`,
          directive,
        ),
      ];
    }),
};

/**
 * Set in the http block of one of the nginx.conf that come with packages. A second time is an error there, or, of
 * ssl_protocols, adds to what is set: such settings belong in each server.
 */
const setByPackages = [
  'access_log',
  'default_type',
  'error_log',
  'gzip',
  'keepalive_timeout',
  'sendfile',
  'server_tokens',
  'ssl_prefer_server_ciphers',
  'ssl_protocols',
  'tcp_nopush',
  'types_hash_max_size',
];

export const leftToPackage: NginxRule = {
  name: 'left-to-package',
  check: ([file], options) =>
    options.file === 'main' || file === undefined
      ? []
      : file.directives
          .filter(({ directive }) => setByPackages.includes(directive))
          .map((directive) =>
            finding(`"${directive.directive}" is for nginx.conf or for each server`, directive),
          ),
};
