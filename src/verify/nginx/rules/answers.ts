import { isDeepStrictEqual } from 'node:util';
import type { Directive } from '../../../nginx/directive.ts';
import { enclosing, inherited, own, type Scope } from '../../../nginx/scope.ts';
import { challengeUpstream } from '../challenges.ts';
import { isDefault, listeners } from './listeners.ts';
import { everyDirective, finding, heading, type NginxRule } from './nginx-rule.ts';

function locations(scopes: readonly Scope[], server?: Scope): Scope[] {
  return scopes.filter(
    ({ name, parent }) => name === 'location' && (server === undefined || parent === server),
  );
}

function pathOf({ head }: Scope): string {
  return head?.args.join(' ') ?? '';
}

/** The status of a location that gives no other answer: `try_files "" =404`. */
function statusOf(scope: Scope): string | undefined {
  const [{ args } = { args: [] }] = own(scope, 'try_files');
  return args[0] === '' && args.length === 2 ? args[1]?.replace(/^=/, '') : undefined;
}

/** What a location answers by itself: there, or in the location that it leads to after the limits. */
function answerOf(scopes: readonly Scope[], scope: Scope): Directive | undefined {
  const [tried] = own(scope, 'try_files');
  const next = tried?.args[0] === '' ? tried.args.at(-1) : undefined;
  if (!next?.startsWith('@')) return own(scope, 'return')[0] ?? (next === undefined ? undefined : tried);
  const named = scopes.find((one) => pathOf(one) === next && one.parent === scope.parent);
  return named && own(named, 'return')[0];
}

/** The server of port 80 for names that are nobody's. */
function isDefaultPlain(server: Scope): boolean {
  return own(server, 'listen').some(({ args }) => args[0] === '80' && args.includes('default_server'));
}

/** Names that are nobody's get no answer, neither a page nor a certificate. */
export const strangersRefused: NginxRule = {
  name: 'strangers-refused',
  check: (scopes) => {
    const all = listeners(scopes).filter(({ socket }) => /^(\*|\[::\]):(80|443)$/.test(socket));
    const open = new Map(all.map((listener) => [listener.socket, listener]));
    for (const { socket } of all.filter(isDefault)) open.delete(socket);
    return [
      ...[...open.values()].map(({ socket, directive }) =>
        finding(`${socket} has no server for unknown names, so this one answers them`, directive),
      ),
      ...all.filter(isDefault).flatMap(({ server, words, directive }) => {
        const secure = words.includes('ssl') || words.includes('quic');
        const refuses = secure
          ? own(server, 'ssl_reject_handshake')[0]?.args[0] === 'on'
          : locations(scopes, server).map(statusOf).join() === '444';
        const named = own(server, 'server_name')[0]?.args.join() !== '_';
        if (!named && refuses) return [];
        return [finding('the server of unknown names answers them', directive)];
      }),
    ];
  },
};

/** Every request of a server finds a location, and each of these answers, or passes on what it has. */
export const everythingAnswered: NginxRule = {
  name: 'everything-answered',
  check: (scopes, { file }) => {
    if (file === 'main') return [];
    const silent = locations(scopes)
      .filter(({ directives }) => !directives.some(({ directive }) => answers.includes(directive)))
      .map((scope) => finding(`location ${pathOf(scope)} answers nothing`, scope.head));
    const open = scopes
      .filter(({ name }) => name === 'server')
      .filter((server) => own(server, 'return').length === 0)
      .filter((server) => !locations(scopes, server).some((scope) => pathOf(scope) === '/'))
      .map((server) => finding('a server has no "location /" for whatever else is asked', server.head));
    return [...silent, ...open];
  },
};

const answers = ['proxy_pass', 'return', 'try_files', 'stub_status', 'root'];

/** What is not here is not there, or is asked of the other nodes. */
const challengeTries = ['$uri =404', `$uri @${challengeUpstream}`];

/** Files of a disk are served for the certificate authority alone. */
export const challengesServed: NginxRule = {
  name: 'challenges-served',
  check: (scopes) =>
    everyDirective(scopes, 'root').flatMap(({ directive, scope }) => {
      const tries = challengeTries.includes(own(scope, 'try_files')[0]?.args.join(' ') ?? '');
      const plain = own(scope, 'default_type')[0]?.args[0] === 'text/plain';
      return pathOf(scope) === '^~ /.well-known/acme-challenge/' && tries && plain
        ? []
        : [finding('files are served here, and not as plain answers to challenges', directive)];
    }),
};

/** Port 80 leads to the server's own name by https, with the request as it was; what is not there is a 404. */
export const redirectsHome: NginxRule = {
  name: 'redirects-home',
  check: (scopes) =>
    locations(scopes).flatMap((scope) => {
      const said = answerOf(scopes, scope);
      const server = enclosing(scope, 'server');
      if (said === undefined || server === undefined || pathOf(scope) !== '/') return [];
      const [name = ''] = own(server, 'server_name')[0]?.args ?? [];
      const own80 = own(server, 'listen').some(({ args }) => args[0] === '80');
      const right = own80
        ? `308 https://${name}$request_uri`
        : own(server, 'ssl_reject_handshake').length > 0
          ? '421'
          : '404';
      if (isDefaultPlain(server)) return [];
      const is = said.directive === 'return' ? said.args.join(' ') : statusOf(scope);
      return is === right ? [] : [finding(`"location /" answers ${is}, and should answer ${right}`, said)];
    }),
};

/** A browser that has been here asks by https for a long time to come, whatever the answer was. */
export const httpsRemembered: NginxRule = {
  name: 'https-remembered',
  check: (scopes) => {
    const secure = listeners(scopes)
      .filter(({ words }) => words.includes('ssl') && !words.includes('default_server'))
      .map(({ server }) => server);
    return [...new Set(secure)].flatMap((server) => {
      const all = [server, ...locations(scopes, server)];
      return all
        .filter((scope) => !headersOf(scope).some(isStrict))
        .map((scope) => finding(`this ${scope.name} sends no Strict-Transport-Security`, scope.head));
    });
  },
};

/** What a scope adds to its answers: its own, and without such or by `merge` those around it. */
function headersOf(scope: Scope | undefined): readonly Directive[] {
  if (scope === undefined) return [];
  const here = own(scope, 'add_header');
  const merges = inherited(scope, 'add_header_inherit')[0]?.args[0] === 'merge';
  return merges || here.length === 0 ? [...here, ...headersOf(scope.parent)] : here;
}

function isStrict({ args: [name, value = '', always] }: Directive): boolean {
  return name === 'Strict-Transport-Security' && /^max-age=\d+/.test(value) && always === 'always';
}

/** What is refused for its method is refused for everybody. */
export const methodsClosed: NginxRule = {
  name: 'methods-closed',
  check: (scopes) => [
    ...scopes
      .filter(({ name }) => name === 'limit_except')
      .filter((scope) => own(scope, 'deny')[0]?.args[0] !== 'all')
      .map((scope) => finding(`${heading(scope.head ?? nothing)}: refuses nobody`, scope.head)),
    ...locations(scopes)
      .filter((scope) => /^= \/healthz$|\/async-function\//.test(pathOf(scope)))
      .filter(({ directives }) => !directives.some(({ directive }) => directive === 'limit_except'))
      .map((scope) => finding(`location ${pathOf(scope)} takes any method`, scope.head)),
  ],
};

const nothing: Directive = { directive: 'limit_except', args: [] };

/** Each line of the log is JSON. */
export const jsonWritten: NginxRule = {
  name: 'json-written',
  check: (scopes) =>
    everyDirective(scopes, 'log_format').flatMap(({ directive }) => {
      const [, escaping, ...text] = directive.args;
      return escaping === 'escape=json' && isJson(text.join('').replaceAll(/\$\w+/g, 'x'))
        ? []
        : [finding('a line of this log is not JSON', directive)];
    }),
};

function isJson(text: string): boolean {
  try {
    return typeof JSON.parse(text) === 'object';
  } catch {
    return false;
  }
}

/** A path and what is below it are one thing: both locations stand there, and say the same. */
export const pathsPaired: NginxRule = {
  name: 'paths-paired',
  check: (scopes) =>
    scopes
      .filter(({ name }) => name === 'server')
      .flatMap((server) => {
        const all = new Map(locations(scopes, server).map((scope) => [pathOf(scope), scope]));
        return [...all].flatMap(([path, scope]) => {
          const other = partnerOf(path);
          if (other === undefined) return [];
          const partner = all.get(other);
          if (partner === undefined)
            return [finding(`location ${path} without location ${other}`, scope.head)];
          return isDeepStrictEqual(saidIn(scope), saidIn(partner))
            ? []
            : [finding(`location ${path} is not as location ${other}`, scope.head)];
        });
      }),
};

/** `= /function/pay` and `^~ /function/pay/`. */
function partnerOf(path: string): string | undefined {
  const [, exact] = /^= (\/(?:async-)?function\/[^/]+)$/.exec(path) ?? [];
  const [, below] = /^\^~ (\/(?:async-)?function\/[^/]+)\/$/.exec(path) ?? [];
  if (exact !== undefined) return `^~ ${exact}/`;
  return below === undefined ? undefined : `= ${below}`;
}

function saidIn({ directives }: Scope): unknown {
  return directives.map(({ directive, args, block }) => [directive, args, block?.length]);
}

/** A server shows the certificate of its own name. */
export const certificatesOwn: NginxRule = {
  name: 'certificates-own',
  check: (scopes) =>
    everyDirective(scopes, 'ssl_certificate').flatMap(({ directive, scope }) => {
      const [certificate = ''] = directive.args;
      const [key = ''] = own(scope, 'ssl_certificate_key')[0]?.args ?? [];
      const [name = ''] = own(scope, 'server_name')[0]?.args ?? [];
      const folder = `/etc/nginx/tls/${name}/`;
      return certificate === `${folder}fullchain.pem` && key === `${folder}privkey.pem`
        ? []
        : [finding(`this is not a certificate of ${name}`, directive)];
    }),
};
