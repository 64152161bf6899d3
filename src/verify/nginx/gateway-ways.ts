import type { FunctionAccess } from '../../artifacts/intent.ts';
import { type Directive, isDirective, type Statement } from '../../nginx/directive.ts';
import { directivesIn } from '../../nginx/find.ts';
import type { ConfFile, Dist } from '../dist.ts';

/** One location that passes calls on. */
export interface Way {
  /** Of its server. */
  readonly domain: string;
  /** `=`, `^~` or none. */
  readonly match: string;
  readonly path: string;
  readonly target: string;
  /** What the gateway, or a function's own server, is asked for when exactly the location's path is. */
  readonly asked: string;
  /** The function that it leads to. */
  readonly name: string | undefined;
  readonly internal: boolean;
  readonly location: Directive;
  readonly file: string;
}

/** Every way from nginx to what is behind it. */
export function waysOf({ nginx }: Pick<Dist, 'nginx'>): Way[] {
  return nginx.flatMap((conf) =>
    serversOf(conf).flatMap((server) => {
      const [domain = ''] = directivesIn(server, 'server_name')[0]?.args ?? [];
      return locationsOf(server).flatMap((location) => {
        const [pass] = directivesIn(location.block ?? [], 'proxy_pass');
        return pass === undefined ? [] : [wayOf(conf, domain, location, pass.args[0] ?? '')];
      });
    }),
  );
}

function wayOf({ path: file }: ConfFile, domain: string, location: Directive, target: string): Way {
  const path = location.args.at(-1) ?? '';
  const match = location.args.length > 1 ? (location.args[0] ?? '') : '';
  const [, upstream = '', written, rest] =
    /^http:\/\/([^/$]+)(\/[^$]*)?(\$request_uri|\$openfaas_below_\w+)?$/.exec(target) ?? [];
  // What is below the location's path follows byte for byte.
  const uri = rest === undefined ? written : `${written ?? ''}${path.endsWith('/') ? '/' : ''}`;
  const asked = uri ?? path;
  const direct = /^openfaas_fn_(.+)$/.exec(upstream)?.[1];
  const [, called] = /^\/(?:async-)?function\/([a-z0-9-]+)\/?$/.exec(asked) ?? [];
  return {
    domain,
    match,
    path,
    target,
    asked,
    name: direct ?? called,
    internal: directivesIn(location.block ?? [], 'internal').length > 0,
    location,
    file,
  };
}

function serversOf({ statements }: ConfFile): (readonly Statement[])[] {
  return directivesIn(statements, 'server').map(({ block = [] }) => block);
}

function locationsOf(block: readonly Statement[]): Directive[] {
  return block.filter(isDirective).filter(({ directive }) => directive === 'location');
}

/** What stands before a way: networks, and who is asked. */
export function guardOf(way: Way, ways: readonly Way[]): Pick<FunctionAccess, 'networks' | 'auth'> {
  const block = way.location.block ?? [];
  const [realm] = directivesIn(block, 'auth_basic').map(({ args }) => args[0]);
  const [file = ''] = directivesIn(block, 'auth_basic_user_file').map(({ args }) => args[0]);
  const [asks] = directivesIn(block, 'auth_request').map(({ args }) => args[0]);
  return {
    networks: directivesIn(block, 'allow')
      .flatMap(({ args }) => args[0] ?? [])
      .sort(),
    auth:
      asks !== undefined
        ? { kind: 'function', name: askedBy(way, asks, ways) ?? asks }
        : realm === undefined
          ? null
          : realm === '$openfaas_no_certificate'
            ? { kind: 'certificate' }
            : { kind: 'password', file },
  };
}

/** The function that a subrequest leads to. */
function askedBy({ domain }: Way, asks: string, ways: readonly Way[]): string | undefined {
  return ways.find((one) => one.path === asks && one.domain === domain)?.name;
}
