import { define } from '../../../diagnostics/definition.ts';
import { compileAgain } from '../../compile-again.ts';

const path = 'nginx/openfaas.conf';
const cors =
  "{ echo: { image: 'ghcr.io/x/echo:1', http: { cors: { origins: ['https://shop.example.no'] } } } }";

/** What `verify` reports about nginx's confs: that nginx takes them, and has room for its calls. */
export const verifyNginxDiagnostics = {
  'verify/directive-not-ours': define<{ directive: string }>({
    severity: 'error',
    fact: ({ directive }) => `"${directive}" in nginx's conf is something that no other rule checks`,
    hint: compileAgain,
    meaning:
      'A directive outside the small language of these confs can load a module, read a file, copy calls elsewhere or switch a check off.',
    example: { dist: { path, from: '    server_tokens off;', to: '    underscores_in_headers on;' } },
  }),
  'verify/nginx-name-twice': define<{ kind: string; name: string }>({
    severity: 'error',
    fact: ({ kind, name }) => `the ${kind} "${name}" is defined twice in nginx's conf`,
    hint: compileAgain,
    meaning: 'nginx refuses a conf that defines a name twice: it does not start, or keeps its old conf.',
    example: { dist: { path, from: 'zone=openfaas_conn:10m', to: 'zone=openfaas_req:10m' } },
  }),
  'verify/nginx-name-undefined': define<{ kind: string; name: string }>({
    severity: 'error',
    fact: ({ kind, name }) => `the ${kind} "${name}" is used in nginx's conf, but not defined there`,
    hint: compileAgain,
    meaning: 'nginx refuses a name that it does not know, or answers with an error where the name is needed.',
    example: { dist: { path, from: 'limit_conn openfaas_conn', to: 'limit_conn openfaas_other' } },
  }),
  'verify/nginx-refuses': define<{ directive: string }>({
    severity: 'error',
    fact: ({ directive }) => `an nginx that reads this conf refuses "${directive}" in this place`,
    hint: compileAgain,
    meaning:
      'The directive is right in itself, but not here: a number is out of range, OpenSSL is too old for it, or it is set already. nginx does not start, or keeps its old conf.',
    example: {
      dist: { path, from: 'limit_conn openfaas_requests', to: 'limit_conn openfaas_requests 0; #' },
    },
  }),
  'verify/nginx-form-outdated': define<{ directive: string; instead: string; since: string }>({
    severity: 'error',
    fact: ({ directive, instead, since }) =>
      `"${directive}" is an old form, which is written "${instead}" from nginx ${since} on`,
    hint: compileAgain,
    meaning: 'nginx warns of the old form at every reload, and a later version may refuse it.',
    example: {
      config: { gateway: "{ packages: 'nginx.org-stable' }" },
      dist: { path, from: 'listen 443 ssl default_server', to: 'listen 443 ssl http2 default_server' },
    },
  }),
  'verify/nginx-size-too-small': define<{ smaller: string; larger: string }>({
    severity: 'error',
    fact: ({ smaller, larger }) => `${smaller} is less than ${larger}, so nginx refuses its conf`,
    hint: compileAgain,
    meaning:
      'nginx checks how its buffers relate to each other, and whether each name fits into its table, before it starts.',
    example: { dist: { path, from: 'proxy_busy_buffers_size 32k', to: 'proxy_busy_buffers_size 4k' } },
  }),
  'verify/conf-not-included': define<{ included: string }>({
    severity: 'error',
    fact: ({ included }) => `nginx.conf does not include "${included}"`,
    hint: compileAgain,
    meaning: 'The servers are in a file of that directory. Without them nginx starts, but listens nowhere.',
    example: { dist: { path: 'nginx/nginx.conf', from: '    include /etc/nginx/conf.d/*.conf;', to: '' } },
  }),
  'verify/listens-on-one-family': define<{ socket: string; other: string }>({
    severity: 'error',
    fact: ({ socket, other }) => `nginx listens on ${socket}, but not in the same way on ${other}`,
    hint: compileAgain,
    meaning:
      'A name has addresses of both families, and a client takes either. On one of them it would find a closed port, or another server.',
    example: { dist: { path, from: '    listen [::]:80;', to: '' } },
  }),
  'verify/listens-on-ipv6': define<{ socket: string }>({
    severity: 'error',
    fact: ({ socket }) => `nginx listens on ${socket}, but the lock file says that its nodes have no IPv6`,
    hint: compileAgain,
    meaning: 'On a machine whose kernel has IPv6 switched off, nginx does not start with such a line.',
    example: {
      config: { gateway: '{ ipv6: false }' },
      dist: { path, from: '    listen 80;', to: '    listen 80;\n    listen [::]:80;' },
    },
  }),
  'verify/written-to-disk': define<{ what: string; size: string }>({
    severity: 'error',
    fact: ({ what, size }) => `nginx writes ${what} of ${size} to disk`,
    hint: compileAgain,
    meaning:
      'nginx keeps what does not fit its buffers in files. Clients could fill the disk of the node, and what they send would be on it.',
    example: { dist: { path, from: 'proxy_max_temp_file_size 0;', to: '' } },
  }),
  'verify/gives-up-at-once': define<{ directive: string }>({
    severity: 'error',
    fact: ({ directive }) => `nginx gives up at once with "${directive}"`,
    hint: compileAgain,
    meaning: 'Zero is not "unlimited": the timeout is over before it begins, so every call fails.',
    example: { dist: { path, from: 'client_body_timeout 30s', to: 'client_body_timeout 0s' } },
  }),
  'verify/held-too-long': define<{ directive: string }>({
    severity: 'error',
    fact: ({ directive }) => `"${directive}" lets a slow client hold a connection for more than two minutes`,
    hint: compileAgain,
    meaning: 'A few hundred clients that send a byte now and then would hold all connections of nginx.',
    example: { dist: { path, from: 'client_body_timeout 30s', to: 'client_body_timeout 3h' } },
  }),
  'verify/sends-shorter-than-waits': define<{ send: string; read: string }>({
    severity: 'error',
    fact: ({ send, read }) => `proxy_send_timeout (${send}) is shorter than proxy_read_timeout (${read})`,
    hint: compileAgain,
    meaning: 'nginx would end a call while the function is still reading it, though the call has time left.',
    example: { dist: { path, from: 'proxy_send_timeout', to: 'proxy_send_timeout 1s; #' } },
  }),
  'verify/connection-per-call': define<{ upstream: string }>({
    severity: 'error',
    fact: ({ upstream }) => `nginx opens a new connection to ${upstream} for every call`,
    hint: compileAgain,
    meaning:
      'Connections are kept only with keepalive, HTTP/1.1 and an empty Connection header. A closed one holds its port for a minute, so a busy node runs out of ports.',
    example: { dist: { path, from: 'proxy_http_version 1.1;', to: '' } },
  }),
  'verify/call-tried-again': define<{ causes: string }>({
    severity: 'error',
    fact: ({ causes }) => `nginx tries a call again after "${causes}", when it may have been done`,
    hint: compileAgain,
    meaning:
      'Only a connection that closed before the call was read is safe to try again. Anything else can do the work twice.',
    example: { dist: { path, from: 'proxy_next_upstream error;', to: 'proxy_next_upstream error timeout;' } },
  }),
  'verify/not-counted': define<{ place: string; limit: string }>({
    severity: 'error',
    fact: ({ place, limit }) => `no ${limit} counts what is asked of ${place}`,
    hint: compileAgain,
    meaning: 'One client could ask as often as it likes, and leave no room for the others.',
    example: { dist: { path, from: '    limit_req zone=openfaas_req burst=20 nodelay;\n', to: '' } },
  }),
  'verify/answer-unreadable': define<{ place: string; answer: string; header: string }>({
    severity: 'error',
    fact: ({ place, answer, header }) =>
      `"${place}" has CORS, but ${header} is wrong or missing in "${answer}"`,
    hint: compileAgain,
    meaning:
      'Where nginx itself refuses a call, or the function is not available, the page would see a network error instead of the status, or not when to try again.',
    example: {
      config: { functions: cors },
      dist: { path, from: 'add_header Access-Control-Expose-Headers Retry-After always;', to: '' },
    },
  }),
  'verify/preflights-take-rate': define<{ place: string }>({
    severity: 'error',
    fact: ({ place }) => `the rate of calls of "${place}" also counts their CORS preflights`,
    hint: compileAgain,
    meaning:
      'A browser asks with OPTIONS before a call of another site. If both are counted together, such a page has half of the rate.',
    example: {
      config: { functions: cors },
      dist: { path, from: 'set $openfaas_asks $openfaas_preflight;', to: '' },
    },
  }),
  'verify/rate-doubled': define<{ place: string }>({
    severity: 'error',
    fact: ({ place }) => `the rate of calls of "${place}" does not count those with OPTIONS`,
    hint: compileAgain,
    meaning:
      'Only where nginx itself answers OPTIONS, they have a count of their own. Elsewhere a client could have twice the rate by calling with OPTIONS too.',
    example: {
      config: { functions: cors },
      dist: {
        path,
        from: '    location = /healthz {\n',
        to: '    location = /all {\n        proxy_pass http://openfaas_gateway;\n    }\n    location = /healthz {\n',
      },
    },
  }),
  'verify/log-line-unbounded': define<{ variable: string }>({
    severity: 'error',
    fact: ({ variable }) => `a client makes ${variable} in nginx's log as long as it likes`,
    hint: compileAgain,
    meaning: 'Long lines would fill the log, and with it the disk, or push out all else.',
    example: {
      dist: { path, from: '"agent":"$openfaas_log_agent"', to: '"agent":"$http_user_agent"' },
    },
  }),
  'verify/refusals-logged': define<{ place: string; log: string }>({
    severity: 'error',
    fact: ({ place, log }) => `the ${log} of ${place} has a line for each refused request`,
    hint: compileAgain,
    meaning: 'Refusing a flood costs nginx little, but a line for each request of it would fill the logs.',
    example: {
      dist: { path, from: 'flush=5s if=$openfaas_log_line', to: 'flush=5s' },
    },
  }),
  'verify/error-as-success': define<{ place: string; status: string }>({
    severity: 'error',
    fact: ({ place, status }) => `${place} answers errors with status ${status}`,
    hint: compileAgain,
    meaning: 'A client would take a call that was refused, or that failed, for one that was done.',
    example: { dist: { path, from: 'return 500', to: 'return 200' } },
  }),
};
