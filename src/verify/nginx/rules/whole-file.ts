import { isDirective } from '../../../nginx/directive.ts';
import { enclosing, type Scope, setting } from '../../../nginx/scope.ts';
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
 * Names that nginx looks up by hash must fit into a bucket, with two pointers and their length (`NGX_HASH_ELT_SIZE`);
 * else it does not start. A bucket has 64 bytes where it is not set: enough for 46 characters.
 */
export const namesFit: NginxRule = {
  name: 'names-fit',
  check: (scopes) => [
    ...everyDirective(scopes, 'server_name').flatMap(({ directive, scope }) =>
      tooLong('server_names_hash_bucket_size', scope, directive.args).map((message) =>
        finding(message, directive),
      ),
    ),
    ...everyDirective(scopes, 'map').flatMap(({ directive, scope }) => {
      const entries = (directive.block ?? []).filter(isDirective);
      return entries.flatMap((entry) =>
        tooLong('map_hash_bucket_size', scope, [entry.directive]).map((message) => finding(message, entry)),
      );
    }),
  ],
};

function tooLong(bucket: string, scope: Scope, names: readonly string[]): string[] {
  const size = inLines(Number(setting(enclosing(scope, 'http') ?? scope, bucket, '64')));
  return names
    .filter((name) => !name.startsWith('~') && bucketFor(name) > size)
    .map((name) => `"${name}" needs a ${bucket} of ${bucketFor(name)}, and it is ${size}`);
}

/** Bytes of the bucket that one name needs, on a machine of 64 bits. */
function bucketFor(name: string): number {
  return inLines(16 + 8 * Math.ceil((Buffer.byteLength(name) + 2) / 8));
}

/** nginx rounds a bucket up to whole lines of the processor's cache. */
function inLines(bytes: number): number {
  return 64 * Math.ceil(bytes / 64);
}

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
