import { inherited, own, type Scope } from '../../../nginx/scope.ts';
import { listeners } from './listeners.ts';
import { mapOf } from './map-value.ts';
import { everyDirective, type Finding, finding, heading, type NginxRule } from './nginx-rule.ts';

/** What a client may get from nginx itself. */
const expected = ['400', '401', '403', '404', '413', '429', '494', '500', '502', '503', '504'];

/**
 * nginx's own answers are JSON, or a page of the platform's, each with the status that it had; those of functions are
 * theirs. A program that reads JSON would else fall over a page in HTML just when something is wrong.
 */
export const errorsAnswered: NginxRule = {
  name: 'errors-answered',
  check: (scopes, { file }) => {
    if (file === 'main') return [];
    const open = new Set(
      listeners(scopes)
        .filter(({ socket }) => !/^(127\.|\[::1\])/.test(socket))
        .map(({ server }) => server),
    );
    const proxies = everyDirective(scopes, 'proxy_pass').map(({ scope }) => scope);
    return [
      ...everyDirective(scopes, 'proxy_intercept_errors', 'fastcgi_intercept_errors')
        .filter(({ directive: { args } }) => args[0] !== 'off')
        .map(({ directive }) =>
          finding(`${heading(directive)}: functions' own answers would be lost`, directive),
        ),
      ...proxies
        .filter((scope) => [...open].some((server) => isWithin(scope, server)))
        .flatMap((scope) => {
          const said = inherited(scope, 'error_page').flatMap(({ args }) => args);
          const missing = expected.filter((code) => !said.includes(code));
          return missing.length === 0
            ? []
            : [finding(`${missing.join(', ')} would be answered in nginx's own words`, scope.head)];
        }),
      ...everyDirective(scopes, 'error_page').flatMap(({ scope }) => targets(scopes, scope)),
    ].filter((found, index, all) => all.findIndex((other) => same(found, other)) === index);
  },
};

function same(a: Finding, b: Finding): boolean {
  return a.message === b.message && a.line === b.line;
}

function isWithin(scope: Scope | undefined, outer: Scope): boolean {
  return scope === outer || (scope !== undefined && isWithin(scope.parent, outer));
}

function serverOf(scope: Scope | undefined): Scope | undefined {
  return scope === undefined || scope.name === 'server' ? scope : serverOf(scope.parent);
}

/** Every location of the same server that an error may lead to, judged. */
function targets(scopes: readonly Scope[], scope: Scope): Finding[] {
  const places = own(scope, 'error_page').flatMap(({ args }) => placesOf(scopes, args.at(-1) ?? ''));
  const server = serverOf(scope);
  return places.flatMap((place) => {
    const named = place.startsWith('@') ? place : `= ${place}`;
    const location = scopes.find(
      ({ name, head, parent }) => name === 'location' && parent === server && head?.args.join(' ') === named,
    );
    return location === undefined
      ? [finding(`errors lead to ${place}, which is not in this server`, scope.head)]
      : answering(location);
  });
}

/** A place, or all that a variable may say, through other variables too. */
function placesOf(scopes: readonly Scope[], place: string): string[] {
  if (!place.startsWith('$')) return [place];
  const map = mapOf(scopes, place);
  return (map?.directives ?? []).flatMap(({ args }) => placesOf(scopes, args[0] ?? ''));
}

function answering(location: Scope): Finding[] {
  const { head } = location;
  const [said] = own(location, 'return');
  const type = own(location, 'default_type')[0]?.args[0] ?? '';
  const text = said?.args[1] ?? '';
  const counts = own(location, 'try_files')[0]?.args.at(-1) === '=400';
  const internal = own(location, 'internal').length === 1 ? [] : [finding('can be asked for', head)];
  if (said?.args[0] === '204') return internal;
  if (counts) {
    const [limit] = own(location, 'limit_req');
    const waits = limit?.args.some((word) => word.startsWith('burst=')) && !limit.args.includes('nodelay');
    const status = inherited(location, 'limit_req_status')[0]?.args[0];
    const counted = limit !== undefined && !waits && status === '429';
    return [...internal, ...(counted ? [] : [finding('refused paths are not counted here', head)])];
  }
  const json = type === 'application/json' && isJson(text.replaceAll(/\$\w+/g, '0'));
  return [
    ...internal,
    ...(json || type.startsWith('text/html') ? [] : [finding('its answer is not JSON', said ?? head)]),
    ...(Number(said?.args[0]) >= 400
      ? []
      : [finding('an error is answered as if it were none', said ?? head)]),
    ...(own(location, 'types')[0]?.block?.length === 0
      ? []
      : [finding('the type of its answer follows from the name that was asked for', head)]),
    // One that always says 403 has no time to come again.
    ...(said?.args[0] === '403' || own(location, 'add_header').some(({ args }) => args[0] === 'Retry-After')
      ? []
      : [finding('does not say when to come again', head)]),
  ];
}

function isJson(text: string): boolean {
  try {
    return typeof JSON.parse(text) === 'object';
  } catch {
    return false;
  }
}
