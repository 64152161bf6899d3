import { refused } from './brief.ts';
import type { SabotagesOfKind } from './sabotage.ts';

const file = 'nginx/openfaas.conf';
const full = 'gateway-full';

/** What another config could say, made in every place at once: only the lock file contradicts it. */
export const wholeEdits: SabotagesOfKind = [
  refused(
    'no location of a function asks for a password',
    'verify/not-as-meant',
    {
      file,
      every: '        auth_basic pay;\n        auth_basic_user_file /etc/fjord/pay.htpasswd;\n',
      put: '',
    },
    full,
  ),
  refused(
    'passwords of another file everywhere',
    'verify/not-as-meant',
    { file, every: '/etc/fjord/pay.htpasswd', put: '/srv/pay.htpasswd' },
    full,
  ),
  refused(
    'a network more everywhere',
    'verify/not-as-meant',
    {
      file,
      every: '        allow 192.0.2.0/24;\n',
      put: '        allow 192.0.2.0/24;\n        allow 198.51.100.0/24;\n',
    },
    full,
  ),
  refused(
    'no networks anywhere',
    'verify/not-as-meant',
    {
      file,
      every:
        '        allow 127.0.0.0/8;\n        allow ::1/128;\n        allow 192.0.2.0/24;\n        allow 203.0.113.0/24;\n        deny all;\n',
      put: '',
    },
    full,
  ),
  refused(
    'another function is asked everywhere',
    'verify/not-as-meant',
    {
      file,
      every: 'proxy_pass http://openfaas_gateway/function/gate;',
      put: 'proxy_pass http://openfaas_gateway/function/events;',
    },
    full,
  ),
  refused(
    'no certificate is asked for anywhere',
    'verify/not-as-meant',
    {
      file,
      every: '        auth_basic $openfaas_no_certificate;\n        auth_basic_user_file /dev/null;\n',
      put: '',
    },
    full,
  ),
  refused(
    'a network more is spared the limits',
    'verify/not-as-meant',
    { file, every: '    198.51.100.0/24 1;\n', put: '    198.51.100.0/24 1;\n    203.0.113.0/24 1;\n' },
    full,
  ),
  refused(
    'a proxy more is believed',
    'verify/not-as-meant',
    {
      file,
      every: 'set_real_ip_from 203.0.113.0/24;\n',
      put: 'set_real_ip_from 203.0.113.0/24;\nset_real_ip_from 198.51.100.0/24;\n',
    },
    full,
  ),
  refused(
    'another header is believed',
    'verify/not-as-meant',
    { file, every: 'real_ip_header CF-Connecting-IP;', put: 'real_ip_header X-Real-IP;' },
    full,
  ),
  refused('the administration is open to networks', 'verify/leads-elsewhere', {
    file,
    every: '    location = /healthz {\n',
    put: '    location ^~ /system/ {\n        allow 192.0.2.0/24;\n        deny all;\n        proxy_buffering off;\n        proxy_pass http://openfaas_gateway;\n    }\n    location = /healthz {\n',
  }),
  refused('a path more for a function', 'verify/not-as-meant', {
    file,
    every: '    location = /healthz {\n',
    put: '    location = /free {\n        proxy_pass http://openfaas_gateway/function/export-ledger;\n    }\n    location ^~ /free/ {\n        proxy_pass http://openfaas_gateway/function/export-ledger/;\n    }\n    location = /healthz {\n',
  }),
  refused('the binary of another hash', 'verify/release-not-locked', {
    file: 'apply.sh',
    every: 'verify "$work/k3s" d73847bcd3c5fccef0115b372e2f9a91f3032dc84bbf71518a4617565294d313\n',
    put: 'verify "$work/k3s" 0000000000000000000000000000000000000000000000000000000000000000\n',
  }),
  refused('everything is fetched from elsewhere', 'verify/download-elsewhere', {
    file: 'apply.sh',
    every: 'https://github.com/k3s-io/k3s/releases/download',
    put: 'https://evil.example/k3s',
  }),
  refused(
    'the hardening is gone',
    'verify/schema',
    { file: '/etc/rancher/k3s/config.yaml', every: 'protect-kernel-defaults: true\n', put: '' },
    'three-servers',
  ),
];
