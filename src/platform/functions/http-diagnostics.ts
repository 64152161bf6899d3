import { define } from '../../diagnostics/definition.ts';
import { alternatives } from '../../diagnostics/wording.ts';

const http = (settings: string) => ({
  config: { functions: `{ pay: { image: 'ghcr.io/acme/pay:1', http: { ${settings} } } }` },
});

/** What `resolve` reports about `http` of a function. */
export const resolveFunctionsHttpDiagnostics = {
  'resolve/auth-function-unknown': define<{ asked: string; functions: readonly string[] }>({
    severity: 'error',
    fact: ({ asked }) => `auth asks the function '${asked}', which does not exist`,
    hint: ({ functions }) => `name one of your functions: ${alternatives(functions)}`,
    meaning: 'Every call would be refused, because there is no function to ask.',
    example: http("auth: { function: 'login' }"),
  }),
  'resolve/auth-of-itself': define<{ name: string }>({
    severity: 'error',
    fact: ({ name }) => `'${name}' cannot decide about its own calls`,
    hint: () => 'name another function',
    meaning: 'nginx would have to ask the function for permission to ask the function.',
    example: http("auth: { function: 'pay' }"),
  }),
  'resolve/auth-ways': define<{ ways: readonly string[] }>({
    severity: 'error',
    fact: ({ ways }) =>
      ways.length === 0
        ? 'auth is set, but requires nothing'
        : `auth takes one method, but this names ${ways.join(' and ')}`,
    hint: () => 'write exactly one of passwordFile, clientCertificate and function',
    meaning: 'With two methods it would not be clear whether a caller must pass one or both.',
    example: http("auth: { passwordFile: '/etc/nginx/pay.htpasswd', clientCertificate: true }"),
  }),
  'resolve/cors-every-site-with-credentials': define({
    severity: 'error',
    fact: () => "browsers refuse credentials where cors.origins is '*'",
    hint: () => "name the sites: origins: ['https://shop.example.no'], or remove credentials",
    meaning:
      'With cookies of your users, a page of any site could act in their name, so browsers drop such an answer.',
    example: http("cors: { origins: ['*'], credentials: true }"),
  }),
  'resolve/cors-origin-included': define<{ origin: string; by: string }>({
    severity: 'warning',
    fact: ({ origin, by }) => `'${origin}' is already included in '${by}'`,
    hint: () => 'remove one of the two: the wider one if only the named sites are meant',
    meaning: 'The longer list reads as if only the named sites could call the function.',
    example: http("cors: { origins: ['https://shop.example.no', 'https://*.example.no'] }"),
  }),
  'resolve/http-name-taken': define<{ wanted: string; owner: string }>({
    severity: 'error',
    fact: ({ wanted, owner }) => `'${wanted}' is already ${owner}`,
    hint: ({ wanted }) => (wanted.startsWith('/') ? 'choose another path' : 'choose another domain'),
    meaning: 'A domain or path can belong to only one function.',
    example: http("domains: ['functions.example.no']"),
  }),
  'resolve/http-path-reserved': define<{ wanted: string; reserved: string }>({
    severity: 'error',
    fact: ({ wanted, reserved }) => `'${wanted}' is below ${reserved}, which is reserved`,
    hint: () => 'choose another path',
    meaning: 'Another part of the platform answers below this path.',
    example: http("paths: ['/system/pay']"),
  }),
  'resolve/origin-impossible': define<{ written: string }>({
    severity: 'error',
    fact: ({ written }) => `'${written}' is not the address of a site`,
    hint: () =>
      "write scheme and name, such as 'https://shop.example.no', with a port up to 65535 if it has its own",
    meaning: 'No browser can open it, so no page would ever come from there.',
    example: http("cors: { origins: ['https://shop.example.no:70000'] }"),
  }),
  'resolve/origin-never-sent': define<{ written: string; origin: string }>({
    severity: 'error',
    fact: ({ written, origin }) => `browsers name the site '${written}' as '${origin}'`,
    hint: ({ origin }) => `write '${origin}'`,
    meaning:
      'A browser leaves out the port that belongs to the scheme. nginx would find no such site in the list, so pages from there could not call the function.',
    example: http("cors: { origins: ['https://shop.example.no:443'] }"),
  }),
  'resolve/no-websocket': define<{ name: string }>({
    severity: 'error',
    fact: ({ name }) =>
      `WebSocket does not work for '${name}': the community edition's gateway drops the upgrade`,
    hint: () => 'set direct: true to bypass the gateway, or use http.stream for server-sent events',
    meaning: 'The connection would open, but no message would arrive.',
    example: http('websocket: true'),
  }),
};
