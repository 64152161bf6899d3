import type { Diagnostic } from '../../../../diagnostics/diagnostic.ts';
import { report } from '../../../../diagnostics/report.ts';
import { isDirective } from '../../../../nginx/directive.ts';
import { enclosing, inherited, setting } from '../../../../nginx/scope.ts';
import { at, confsOf, everyDirective, type NginxConf } from '../../../nginx/conf.ts';
import { bytesOf } from '../../../nginx/value.ts';
import type { Rule } from '../../rule.ts';

/** nginx's buffers and the tables of its names are in the relations that it asks for when it starts. */
export const sizesFit: Rule = {
  name: 'sizes-fit',
  harm: 'reachability',
  loss: 'nginx would refuse its conf, so it would not start, or would keep the old one.',
  check: (dist) => confsOf(dist).flatMap((conf) => [...buffers(conf), ...names(conf)]),
};

const ofBuffers = [
  'proxy_buffers',
  'proxy_buffer_size',
  'proxy_busy_buffers_size',
  'proxy_max_temp_file_size',
];

/** 4k is one page of x86-64. */
function buffers(conf: NginxConf): Diagnostic[] {
  return conf.scopes.flatMap((scope) => {
    const written = scope.directives.find(({ directive }) => ofBuffers.includes(directive));
    if (written === undefined) return [];
    const [count = '8', size = '4k'] = inherited(scope, 'proxy_buffers')[0]?.args ?? [];
    const header = bytesOf(setting(scope, 'proxy_buffer_size', '4k'));
    const largest = Math.max(bytesOf(size), header);
    const busy = bytesOf(setting(scope, 'proxy_busy_buffers_size', String(2 * largest)));
    const file = bytesOf(setting(scope, 'proxy_max_temp_file_size', '0'));
    const wrong: [is: boolean, smaller: string, larger: string][] = [
      [Number(count) < 2, `the number of proxy_buffers (${count})`, '2'],
      [busy < largest, `proxy_busy_buffers_size (${busy})`, `one of the buffers (${largest})`],
      [
        busy > (Number(count) - 1) * bytesOf(size),
        `all but one of the proxy_buffers (${(Number(count) - 1) * bytesOf(size)})`,
        `proxy_busy_buffers_size (${busy})`,
      ],
      [file > 0 && file < largest, `proxy_max_temp_file_size (${file})`, `one of the buffers (${largest})`],
    ];
    return wrong
      .filter(([is]) => is)
      .map(([, smaller, larger]) =>
        report('verify/nginx-size-too-small', [], { smaller, larger }, at(conf, written)),
      );
  });
}

/**
 * Names that nginx looks up by hash must fit into a bucket, with two pointers and their length (`NGX_HASH_ELT_SIZE`).
 * A bucket has 64 bytes where it is not set: enough for 46 characters.
 */
function names(conf: NginxConf): Diagnostic[] {
  const entries = everyDirective(conf.scopes, 'map').flatMap(({ directive: { block = [] }, scope }) =>
    block
      .filter(isDirective)
      .map((entry) => ({ bucket: 'map_hash_bucket_size', entry, scope, name: entry.directive })),
  );
  const served = everyDirective(conf.scopes, 'server_name').flatMap(({ directive: entry, scope }) =>
    entry.args.map((name) => ({ bucket: 'server_names_hash_bucket_size', entry, scope, name })),
  );
  return [...served, ...entries].flatMap(({ bucket, entry, scope, name }) => {
    const size = inLines(Number(setting(enclosing(scope, 'http') ?? scope, bucket, '64')));
    if (name.startsWith('~') || bucketFor(name) <= size) return [];
    const params = { smaller: `${bucket} (${size})`, larger: `the ${bucketFor(name)} bytes for "${name}"` };
    return [report('verify/nginx-size-too-small', [], params, at(conf, entry))];
  });
}

/** Bytes of the bucket that one name needs, on a machine of 64 bits. */
function bucketFor(name: string): number {
  return inLines(16 + 8 * Math.ceil((Buffer.byteLength(name) + 2) / 8));
}

/** nginx rounds a bucket up to whole lines of the processor's cache. */
function inLines(bytes: number): number {
  return 64 * Math.ceil(bytes / 64);
}
