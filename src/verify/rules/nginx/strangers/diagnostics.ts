import { define } from '../../../../diagnostics/definition.ts';
import { compileAgain } from '../../../compile-again.ts';

const path = 'nginx/openfaas.conf';

/** What `verify` reports about nginx's confs: how far clients and strangers get. */
export const verifyNginxClientsDiagnostics = {
  'verify/header-not-everywhere': define<{ header: string; place: string }>({
    severity: 'error',
    fact: ({ header, place }) => `answers of ${place} lack ${header}, which its server adds`,
    hint: compileAgain,
    meaning:
      'nginx drops the headers of a server in a location that adds one of its own, so each such location repeats them. Without it a browser treats some answers as if the header were not set.',
    example: {
      dist: {
        path,
        from: '        add_header X-Content-Type-Options $openfaas_header_x_content_type_options always;\n        return 500',
        to: '        return 500',
      },
    },
  }),
  'verify/stranger-answered': define<{ socket: string }>({
    severity: 'error',
    fact: ({ socket }) => `on ${socket}, nginx answers names that are not of this platform`,
    hint: compileAgain,
    meaning:
      'Each socket needs a default server that refuses, with 444, or with a refused handshake and 421. Scanners that know only an address would otherwise find the functions.',
    example: { dist: { path, from: 'ssl_reject_handshake on;', to: '' } },
  }),
  'verify/location-not-plain': define<{ directive: string }>({
    severity: 'error',
    fact: ({ directive }) => `"${directive}" changes or matches paths in a way that is easy to trick`,
    hint: compileAgain,
    meaning:
      'Rewrites, aliases, regular expressions and most uses of "if" let a crafted path reach what its author did not mean.',
    example: { dist: { path, from: 'location = /healthz', to: 'location ~ /healthz' } },
  }),
  'verify/refuses-nobody': define<{ directive: string }>({
    severity: 'error',
    fact: ({ directive }) => `"${directive}" refuses nobody, because "deny all" is missing`,
    hint: compileAgain,
    meaning: 'A list of networks or methods refuses the others only where "deny all" ends it.',
    example: { dist: { path, from: 'deny all;', to: 'allow all;' } },
  }),
  'verify/answered-before-guards': define<{ place: string; guards: string }>({
    severity: 'error',
    fact: ({ place, guards }) => `"return" in ${place} answers before nginx checks the ${guards}`,
    hint: compileAgain,
    meaning:
      'nginx runs "return" first, before it counts a request or asks where it comes from. "try_files" answers after both.',
    example: { dist: { path, from: 'try_files "" =404;', to: 'return 404;' } },
  }),
  'verify/internal-open': define<{ location: string }>({
    severity: 'error',
    fact: ({ location }) => `anyone can ask for "${location}", which is meant for nginx itself`,
    hint: compileAgain,
    meaning: 'Such a location passes requests on without the guards and the limits of the one that uses it.',
    example: {
      dist: {
        path,
        from: '    location = /_fjord/error {\n        internal;\n',
        to: '    location = /_fjord/error {\n',
      },
    },
  }),
  'verify/files-served': define<{ place: string }>({
    severity: 'error',
    fact: ({ place }) => `${place} serves files from the disk of the node`,
    hint: compileAgain,
    meaning:
      'Where a location neither answers nor passes a request on, nginx looks for a file. Only challenges of the certificate authority are files.',
    example: { dist: { path, from: 'try_files "" =404;', to: '' } },
  }),
  'verify/unencrypted-answer': define<{ name: string; path: string; answer: string }>({
    severity: 'error',
    fact: ({ name, path, answer }) =>
      `"http://${name}", location "${path}", is answered with "${answer}" instead of a redirect to "https://${name}"`,
    hint: compileAgain,
    meaning:
      'Without TLS anyone on the way reads calls and passwords. A redirect to any other name leads clients there, and one other than 307 or 308 loses a POST.',
    example: {
      dist: { path, from: 'https://functions.example.no$request_uri', to: 'https://$host$request_uri' },
    },
  }),
  'verify/hsts-missing': define<{ place: string }>({
    severity: 'error',
    fact: ({ place }) => `answers of ${place} do not tell browsers to keep using TLS`,
    hint: compileAgain,
    meaning:
      'Without Strict-Transport-Security on every answer, somebody on the way could lead a browser to an unencrypted copy of the site.',
    example: {
      dist: { path, from: 'add_header Strict-Transport-Security max-age=63072000 always;', to: '' },
    },
  }),
  'verify/header-not-vouched': define<{ header: string; place: string }>({
    severity: 'error',
    fact: ({ header, place }) => `the header "${header}" that "${place}" passes on is not what nginx knows`,
    hint: compileAgain,
    meaning:
      'The gateway and the functions believe these headers. If nginx does not overwrite one with what it knows, a client writes it.',
    example: {
      dist: {
        path,
        from: 'proxy_set_header X-Forwarded-For $remote_addr;',
        to: 'proxy_set_header X-Forwarded-For $http_x_forwarded_for;',
      },
    },
  }),
  'verify/header-twice': define<{ header: string; place: string }>({
    severity: 'error',
    fact: ({ header, place }) => `${place} sets the header "${header}" twice`,
    hint: compileAgain,
    meaning: 'Both are sent. Some programs read the first, some the last, and some refuse the request.',
    example: {
      dist: {
        path,
        from: 'proxy_set_header Proxy "";',
        to: 'proxy_set_header Proxy ""; proxy_set_header proxy "";',
      },
    },
  }),
  'verify/paths-differ': define<{ place: string; other: string }>({
    severity: 'error',
    fact: ({ place, other }) => `"${place}" does not have the same settings as "${other}"`,
    hint: compileAgain,
    meaning:
      'A function is called with a slash behind its name or without one. What guards the one path must guard the other.',
    example: {
      dist: {
        path,
        from: '    location = /function/pay {\n',
        to: '    location = /function/pay {\n        client_max_body_size 1m;\n',
      },
    },
  }),
  'verify/path-let-through': define<{ server: string; path: string }>({
    severity: 'error',
    fact: ({ server, path }) =>
      `${server} lets the path "${path}" through, which others could read as another`,
    hint: compileAgain,
    meaning:
      'nginx, the gateway and a function each decode a path. One that they read differently would be checked as one function and called as another.',
    example: { dist: { path, from: '    ~^[^?]*// empty-segment;\n', to: '' } },
  }),
  'verify/plain-path-refused': define<{ server: string; path: string }>({
    severity: 'error',
    fact: ({ server, path }) => `${server} refuses "${path}", a path that everybody reads in the same way`,
    hint: compileAgain,
    meaning: 'Calls with an ordinary path would fail with 400.',
    example: { dist: { path, from: '    ~^[^?]*// empty-segment;', to: '    ~^[^?]*/ empty-segment;' } },
  }),
  'verify/path-changed': define<{ directive: string }>({
    severity: 'error',
    fact: ({ directive }) => `"${directive}" does not pass the path on as the client sent it`,
    hint: compileAgain,
    meaning:
      'Whoever checks a call must see the path that is then called, byte for byte. A path that nginx rewrites can be checked as one and called as another.',
    example: {
      dist: {
        path,
        from: '    location ^~ /function/pay/ {\n        proxy_pass http://openfaas_gateway;',
        to: '    location ^~ /function/pay/ {\n        proxy_pass http://openfaas_gateway/function/pay/;',
      },
    },
  }),
  'verify/upgrade-not-websocket': define<{ value: string }>({
    severity: 'error',
    fact: ({ value }) => `nginx passes on the header Upgrade as "${value}", which is not only for WebSocket`,
    hint: compileAgain,
    meaning:
      'A client that switches to another protocol has a tunnel to what is behind nginx, without limits, headers or a log.',
    example: {
      dist: {
        path,
        from: 'proxy_set_header Proxy "";',
        to: 'proxy_set_header Proxy ""; proxy_set_header Upgrade $http_upgrade;',
      },
    },
  }),
  'verify/map-spares-clients': define<{ variable: string; guard: string }>({
    severity: 'error',
    fact: ({ variable, guard }) => `the value of "${variable}" lets clients do without ${guard}`,
    hint: compileAgain,
    meaning:
      'nginx counts a client, asks it for a certificate or lets a page read answers by the value of a variable. If a client can choose that value, the check is off.',
    example: { dist: { path, from: '    default $binary_remote_addr;', to: '    default "";' } },
  }),
  'verify/answer-repeats-request': define<{ variable: string }>({
    severity: 'error',
    fact: ({ variable }) => `an answer of nginx has "${variable}", which repeats what somebody sent`,
    hint: compileAgain,
    meaning:
      'nginx answers only with words of its conf, so that nobody can make it say something to a client.',
    example: { dist: { path, from: '    404 "not found";', to: '    404 $http_authorization;' } },
  }),
  'verify/log-holds-secret': define<{ variable: string }>({
    severity: 'error',
    fact: ({ variable }) => `nginx's log has ${variable}, which may hold a secret of a client`,
    hint: compileAgain,
    meaning: 'Logs are kept, copied and read by more people than those who may call a function.',
    example: {
      dist: { path, from: '"id":"$request_id"', to: '"id":"$request_id","auth":"$http_authorization"' },
    },
  }),
};
